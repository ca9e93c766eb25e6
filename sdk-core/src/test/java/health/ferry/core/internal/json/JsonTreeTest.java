package health.ferry.core.internal.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "  ",
        "\"text \\u00e4 \\n \\\" 🎈\"",
        "null",
        "true",
        "0",
        "-2147483649",
        "9223372036854775808123456789",
        "1.5e300",
        "[1, [2, [3]], {}, \"\", false, null, -0.25]",
        "{\"a\": {\"b\": [{\"c\": 1}, {\"c\": 2}]}, \"ä\": \"ß\"}",
        "{\"twice\": 1, \"twice\": 2}",
        "{\"first\": 1} {\"second\": 2}",
      })
  void reads_and_writes_what_an_object_mapper_does(String text) throws IOException {
    var tree = JsonTree.read(text.getBytes(UTF_8));

    assertThat(tree).isEqualTo(MAPPER.readTree(text.getBytes(UTF_8)));
    if (!tree.isMissingNode()) {
      assertThat(JsonTree.write(tree)).isEqualTo(MAPPER.writeValueAsBytes(tree));
    }
  }

  @Test
  void finds_out_the_encoding() throws IOException {
    assertThat(JsonTree.read("{\"a\":\"ä\"}".getBytes(UTF_16)).path("a").asText()).isEqualTo("ä");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[1,", "{\"a\"", "{\"a\":", "{\"a\":}", "[1 2]", "<html>", "nul", "]"})
  void refuses_what_is_not_json(String text) {
    assertThatThrownBy(() -> JsonTree.read(text.getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void refuses_bytes_that_are_no_text() {
    assertThatThrownBy(() -> JsonTree.read(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refuses_what_nests_too_deep() {
    assertThatThrownBy(() -> JsonTree.read("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }
}
