package health.ferry.bulkfhir.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one JSON object on a line, whatever the pieces that its bytes come in. */
class JsonLineScannerTest {

  private static final String RESOURCE =
      "{\"resourceType\":\"Patient\",\"id\":\"a\\u00e9\\\"\\\\\",\"n\":[-0.5e+10,0,12,true,false,"
          + "null,{},[],\"\u00e9\u4e2d\ud83d\ude00\"],\"deceased\" : { \"b\":\t[ 1 , 2 ] } }";

  /** The line's type, or what is wrong with it. */
  private static String read(byte[] line, int... borders) {
    JsonLineScanner scanner = new JsonLineScanner();
    try {
      int from = 0;
      for (int border : borders) {
        assertThat(scanner.scan(line, from, border)).isEqualTo(border);
        from = border;
      }
      int end = scanner.scan(line, from, line.length);
      assertThat(end).isEqualTo(line.length);
      return scanner.endLine() ? scanner.resourceType().orElse("no type") : "blank";
    } catch (MalformedLineException malformed) {
      return malformed.problem();
    }
  }

  private static String read(String line) {
    return read(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void every_border_between_two_pieces_gives_the_same() {
    byte[] line = RESOURCE.getBytes(StandardCharsets.UTF_8);
    for (int first = 0; first <= line.length; first++) {
      for (int second = first; second <= line.length; second++) {
        assertThat(read(line, first, second)).as("%d, %d", first, second).isEqualTo("Patient");
      }
    }
  }

  @Test
  void every_beginning_of_a_resource_is_cut() {
    byte[] line = RESOURCE.getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < line.length; length++) {
      byte[] beginning = new byte[length];
      System.arraycopy(line, 0, beginning, 0, length);
      assertThat(read(beginning)).as("%d", length).isEqualTo("ends in the middle of a resource");
    }
  }

  @Test
  void a_line_feed_ends_the_line_and_is_not_taken() throws Exception {
    byte[] lines = "{\"a\":1} \r\n\n{\"resourceType\":\"Group\"}".getBytes(StandardCharsets.UTF_8);
    JsonLineScanner scanner = new JsonLineScanner();
    List<String> seen = new ArrayList<>();

    int i = 0;
    while (i < lines.length) {
      i = scanner.scan(lines, i, lines.length);
      seen.add(i + " " + scanner.endLine() + " " + scanner.resourceType().orElse("-"));
      scanner.nextLine();
      i++;
    }

    assertThat(seen).containsExactly("9 true -", "10 false -", "35 true Group");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":1.5.5}",
        "{\"a\":--1}",
        "{\"a\":NaN}",
        "{\"a\":True}",
        "{\"a\":tru}",
        "{\"a\":truee}",
        "{\"a\":nulll}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\",\"b\"}",
        "{\"a\"::1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[\"b\":1]}",
        "{1:2}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\u001f\"}",
        "{/**/}",
        "{\u00a0}"
      })
  void what_is_no_json_is_refused(String line) {
    assertThat(read(line)).isEqualTo("is not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1}", "{\"a\":{]}", "{]", "{\"a\":[{]}"})
  void brackets_must_match_by_kind(String line) {
    assertThat(read(line)).isEqualTo("is not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}x", "{}{}", "{},", "{}}", "{} \u00e9"})
  void nothing_follows_the_object(String line) {
    assertThat(read(line)).isEqualTo("goes on after its JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a\"", "1", "null", "x", "\ufeff{}", "}"})
  void only_an_object_is_a_resource(String line) {
    assertThat(read(line)).isEqualTo("is no JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":\r1}", "{\"a\":\"\r\"}", "{\"a\":\n1}", "{\"a\":\"b\nc\"}", "{\"a\":1\n"})
  void what_ends_a_line_for_some_readers_cuts_the_object(String line) {
    assertThat(read(line)).isEqualTo("ends in the middle of a resource");
  }

  @Test
  void nesting_is_as_deep_as_jackson_reads() {
    String deepest = "{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}";
    String deeper = "{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

    assertThat(read(deepest)).isEqualTo("no type");
    assertThat(read(deeper)).isEqualTo("nests deeper than 1000 times");
  }

  @Test
  void malformed_utf8_is_refused_and_every_character_taken() {
    int[][] malformed = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xC3, 0x28},
      {0xE0, 0x9F, 0xBF},
      {0xED, 0xA0, 0x80},
      {0xE2, 0x82},
      {0xF0, 0x8F, 0xBF, 0xBF},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80},
      {0xFF}
    };
    for (int[] bytes : malformed) {
      byte[] line = "{\"a\":\"------\"}".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < bytes.length; i++) {
        line[6 + i] = (byte) bytes[i];
      }
      assertThat(read(line)).isEqualTo("is not UTF-8");
    }
    int[] characters = {0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF, 0x7F};
    for (int character : characters) {
      assertThat(read("{\"a\":\"" + Character.toString(character) + "\"}")).isEqualTo("no type");
    }
  }

  @Test
  void the_type_is_the_outermost_objects_own() {
    assertThat(read("{\"contained\":[{\"resourceType\":\"A\"}],\"resourceType\":\"B\"}"))
        .isEqualTo("B");
    assertThat(read("{\"a\":{\"resourceType\":\"A\"}}")).isEqualTo("no type");
    assertThat(read("{\"a\":\"resourceType\",\"b\":\"A\"}")).isEqualTo("no type");
    assertThat(read("{\"resourceType\":[\"A\"]}")).isEqualTo("no type");
    assertThat(read("{\"resourceType\":null,\"a\":\"A\"}")).isEqualTo("no type");
    assertThat(read("{\"resourceTypes\":\"A\"}")).isEqualTo("no type");
    assertThat(read("{\"resourceType\":\"\"}")).isEmpty();
  }

  @Test
  void the_type_is_found_also_where_it_is_written_with_escapes() {
    assertThat(read("{\"resource\\u0054ype\":\"\\u0050atient\"}")).isEqualTo("Patient");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"A\",\"resourceType\":\"A\"}",
        "{\"resourceType\":null,\"resourceType\":\"A\"}",
        "{\"resourceType\":\"A\",\"resource\\u0054ype\":\"B\"}"
      })
  void two_types_are_refused(String line) {
    assertThat(read(line)).isEqualTo("has more than one resourceType");
  }

  @Test
  void a_long_string_beside_the_type_is_no_matter_in_any_pieces() {
    byte[] line =
        ("{\"data\":\"" + "A".repeat(5_000) + "\",\"resourceType\":\"Binary\"}")
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int[] borders = random.ints(5, 0, line.length).sorted().toArray();
      assertThat(read(line, borders)).isEqualTo("Binary");
    }
  }
}
