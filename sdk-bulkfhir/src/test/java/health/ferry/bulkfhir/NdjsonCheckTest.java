package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes for a file of resources, however its bytes are cut into pieces. */
class NdjsonCheckTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"%d\"}";

  @TempDir Path folder;

  private static String patients(String end) {
    return PATIENT.formatted(1) + end + PATIENT.formatted(2) + end;
  }

  private long count(String text, Optional<String> type, int piece) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("content"), bytes);
    NdjsonCheck check =
        new NdjsonCheck(
            new NdjsonPromise("Patient-1.ndjson", type, OptionalLong.empty(), false, 1 << 24),
            CallInfo.of("Bulk FHIR", "test"));
    for (int from = 0; from < bytes.length; from += piece) {
      check.update(bytes, from, Math.min(piece, bytes.length - from));
    }
    check.finish(file);
    return check.resources();
  }

  private IntegrityException refused(String text) {
    for (int piece : new int[] {1, 7, 4096}) {
      IntegrityException refused =
          catchThrowableOfType(
              IntegrityException.class, () -> count(text, Optional.of("Patient"), piece));
      assertThat(refused).as("in pieces of %d", piece).isNotNull();
      Canary.assertAbsent(refused);
      assertThat(refused).hasMessageContaining("Patient-1.ndjson");
    }
    return catchThrowableOfType(
        IntegrityException.class, () -> count(text, Optional.of("Patient"), 4096));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 41, 4096})
  void resources_are_counted_whatever_the_pieces_and_line_ends(int piece) throws Exception {
    for (String end : new String[] {"\n", "\r\n", "\n\n", "\n \t\r\n"}) {
      String text = patients(end);
      assertThat(count(text, Optional.of("Patient"), piece)).isEqualTo(2);
      assertThat(count("\uFEFF" + text, Optional.of("Patient"), piece)).isEqualTo(2);
      assertThat(count("\n" + text, Optional.of("Patient"), piece)).isEqualTo(2);
      assertThat(count(text.strip(), Optional.of("Patient"), piece)).isEqualTo(2);
    }
  }

  @Test
  void an_empty_file_holds_no_resource() throws Exception {
    assertThat(count("", Optional.of("Patient"), 1)).isZero();
    assertThat(count("\n\n", Optional.of("Patient"), 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 34})
  void a_last_line_that_is_cut_is_found_out(int kept) {
    String text = patients("\n") + PATIENT.formatted(3).substring(0, kept);

    assertThat(refused(text)).hasMessageContaining("ends in the middle of a resource");
  }

  @Test
  void a_last_line_that_goes_on_after_its_object_is_found_out() {
    refused(patients("\n") + PATIENT.formatted(3) + Canary.FAMILY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html>", "<Error/>"})
  void html_is_found_out(String text) {
    assertThat(refused(text + "\n")).hasMessageContaining("HTML or XML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]\n", "\"a\"\n", Canary.FAMILY + "\n", "\u00e9\n", "null\n"})
  void what_is_no_object_is_found_out_with_its_line(String line) {
    assertThat(refused(patients("\n") + line)).hasMessageContaining("line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"OperationOutcome\"}",
        "{\"resourceType\":\"Binary\",\"contentType\":\"application/fhir+json\",\"data\":\"e30=\"}",
        "{\"id\":\"1\",\"contained\":[{\"resourceType\":\"Patient\"}]}",
        "{}",
        "{" + Canary.FAMILY + "}"
      })
  void another_type_than_promised_is_found_out(String line) {
    assertThat(refused(line + "\n")).hasMessageContaining("does not hold Patient resources");
  }

  @Test
  void a_type_that_comes_late_in_a_resource_is_found() throws Exception {
    String late = "{\"id\":\"1\",\"contained\":[{\"a\":1}],\"resourceType\":\"Patient\"}\n";

    assertThat(count(late, Optional.of("Patient"), 16)).isEqualTo(1);
  }

  @Test
  void any_type_will_do_where_none_was_promised() throws Exception {
    assertThat(count("{\"resourceType\":\"Group\"}\n", Optional.empty(), 16)).isEqualTo(1);
  }
}
