package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes for a file of resources, however its bytes are cut into pieces. */
class NdjsonCheckTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"%d\"}";
  private static final String HEADER =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"header\",\"valueReference\":"
          + "{\"reference\":\"Patient/1\"}}]}\n";

  private static final NdjsonPromise PATIENTS = promise("Patient");
  private static final NdjsonPromise ORGANIZED =
      new NdjsonPromise(
          "Resource-1.ndjson", Optional.empty(), OptionalLong.of(2), true, 16 * 1024 * 1024);

  private static NdjsonPromise promise(String type) {
    return new NdjsonPromise(
        "Patient-1.ndjson", Optional.of(type), OptionalLong.empty(), false, 16 * 1024 * 1024);
  }

  private static NdjsonPromise linesUpTo(int bytes) {
    return new NdjsonPromise(
        "Patient-1.ndjson", Optional.of("Patient"), OptionalLong.empty(), false, bytes);
  }

  private static String patients(String end) {
    return PATIENT.formatted(1) + end + PATIENT.formatted(2) + end;
  }

  private static NdjsonCheck checked(NdjsonPromise promise, byte[] bytes, int piece) {
    NdjsonCheck check = new NdjsonCheck(promise, CallInfo.of("Bulk FHIR", "test"));
    for (int from = 0; from < bytes.length; from += piece) {
      check.update(bytes, from, Math.min(piece, bytes.length - from));
    }
    finish(check, Path.of("not-read-again"));
    return check;
  }

  private static void finish(NdjsonCheck check, Path content) {
    try {
      check.finish(content);
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }

  private static Map<String, Long> counts(NdjsonPromise promise, String text, int piece) {
    return checked(promise, text.getBytes(StandardCharsets.UTF_8), piece).counts();
  }

  /** The error's message, the same for pieces of any size. */
  private static String refused(NdjsonPromise promise, String text) {
    String message = refused(promise, text, 4096);
    assertThat(refused(promise, text, 7)).isEqualTo(message);
    assertThat(refused(promise, text, 1)).isEqualTo(message);
    return message;
  }

  private static String refused(NdjsonPromise promise, String text, int piece) {
    IntegrityException refused =
        catchThrowableOfType(IntegrityException.class, () -> counts(promise, text, piece));
    assertThat(refused).as("in pieces of %d", piece).isNotNull();
    Canary.assertAbsent(refused);
    return String.valueOf(refused.getMessage()).replaceFirst("^.*failed: ", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 41, 4096})
  void resources_are_counted_whatever_the_pieces_and_line_ends(int piece) {
    Map<String, Long> two = Map.of("Patient", 2L);
    for (String end : new String[] {"\n", "\r\n", "\n\n", "\n \t\r\n"}) {
      String text = patients(end);
      assertThat(counts(PATIENTS, text, piece)).isEqualTo(two);
      assertThat(counts(PATIENTS, "\uFEFF" + text, piece)).isEqualTo(two);
      assertThat(counts(PATIENTS, "\n" + text, piece)).isEqualTo(two);
      assertThat(counts(PATIENTS, text.strip(), piece)).isEqualTo(two);
    }
  }

  private static NdjsonPromise ofAny(String fileName) {
    return new NdjsonPromise(fileName, Optional.empty(), OptionalLong.empty(), false, 1 << 24);
  }

  @Test
  void every_split_of_a_file_in_two_or_more_gives_the_same_counts() {
    byte[] file =
        ("\uFEFF" + patients("\r\n") + "\n{\"text\":\"\u00e9\",\"resourceType\":\"Group\"}")
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      NdjsonCheck check = new NdjsonCheck(ofAny("file"), CallInfo.of("Bulk FHIR", "test"));
      int from = 0;
      while (from < file.length) {
        int to = from + random.nextInt(file.length - from + 1);
        check.update(file, from, to - from);
        from = to;
      }
      finish(check, Path.of("not-read-again"));
      assertThat(check.counts()).isEqualTo(Map.of("Group", 1L, "Patient", 2L));
      assertThat(check.resources()).isEqualTo(3);
    }
  }

  @Test
  void an_empty_file_holds_no_resource() {
    assertThat(counts(PATIENTS, "", 1)).isEmpty();
    assertThat(counts(PATIENTS, "\n\n", 1)).isEmpty();
    assertThat(counts(PATIENTS, "\uFEFF", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 34})
  void a_last_line_that_is_cut_is_found_out(int kept) {
    String text = patients("\n") + PATIENT.formatted(3).substring(0, kept);

    assertThat(refused(PATIENTS, text))
        .isEqualTo("Patient-1.ndjson line 3 ends in the middle of a resource");
  }

  @Test
  void a_line_that_is_cut_before_good_ones_is_found_out() {
    String text = PATIENT.formatted(1).substring(0, 20) + "\n" + patients("\n");

    assertThat(refused(PATIENTS, text))
        .isEqualTo("Patient-1.ndjson line 1 ends in the middle of a resource");
  }

  @Test
  void a_line_that_goes_on_after_its_object_is_found_out() {
    assertThat(refused(PATIENTS, patients("\n") + PATIENT.formatted(3) + Canary.FAMILY))
        .isEqualTo("Patient-1.ndjson line 3 goes on after its JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html>", "\n<Error/>", "\uFEFF<Bundle>"})
  void html_and_xml_are_named(String text) {
    assertThat(refused(PATIENTS, text + "\n")).contains("is HTML or XML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]\n", "\"a\"\n", Canary.FAMILY + "\n", "\u00e9\n", "null\n"})
  void what_is_no_object_is_found_out_with_its_line(String line) {
    assertThat(refused(PATIENTS, "\n" + patients("\n") + line))
        .isEqualTo("Patient-1.ndjson line 4 is no JSON object");
  }

  @Test
  void half_a_byte_order_mark_is_no_object() {
    for (byte[] half : new byte[][] {{(byte) 0xEF}, {(byte) 0xEF, (byte) 0xBB, '{', '}'}}) {
      assertThatThrownBy(() -> checked(PATIENTS, half, 1))
          .hasMessageContaining("line 1 is no JSON object");
      assertThatThrownBy(() -> checked(PATIENTS, half, 4096))
          .hasMessageContaining("line 1 is no JSON object");
    }
  }

  @Test
  void a_resource_of_another_type_than_promised_is_found_out_on_any_line() {
    String group = "{\"resourceType\":\"Group\",\"id\":\"1\"}\n";

    assertThat(refused(PATIENTS, patients("\n") + group))
        .isEqualTo("Patient-1.ndjson line 3 does not hold the promised type Patient");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"1\",\"contained\":[{\"resourceType\":\"Patient\"}]}",
        "{}",
        "{\"resourceType\":7}",
        "{\"resourceType\":\"" + Canary.FAMILY + " 1\"}"
      })
  void an_object_that_names_no_type_is_no_resource(String line) {
    assertThat(refused(ofAny("Resource-1.ndjson"), line + "\n"))
        .isEqualTo("Resource-1.ndjson line 1 names no resourceType");
  }

  @Test
  void an_operation_outcome_in_place_of_data_is_named() {
    String outcome = "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}";
    String named =
        "Patient-1.ndjson line 1 holds an OperationOutcome where Patient resources were promised";

    assertThat(refused(PATIENTS, outcome)).isEqualTo(named);
    assertThat(refused(PATIENTS, outcome.replace(",", ",\n  "), 4096)).isEqualTo(named);
    assertThat(counts(promise("OperationOutcome"), outcome, 4096))
        .isEqualTo(Map.of("OperationOutcome", 1L));
  }

  @Test
  void a_binary_around_the_file_is_named() {
    String binary =
        "{\"resourceType\":\"Binary\",\"contentType\":\"application/fhir+ndjson\",\"data\":\"e30=\"}";

    assertThat(refused(PATIENTS, binary))
        .isEqualTo(
            "Patient-1.ndjson line 1 holds a Binary that wraps the file:"
                + " ask for application/fhir+ndjson");
    assertThat(counts(promise("Binary"), binary, 4096)).isEqualTo(Map.of("Binary", 1L));
  }

  @Test
  void a_type_that_comes_late_in_a_resource_is_found() {
    String late = "{\"id\":\"1\",\"contained\":[{\"a\":1}],\"resourceType\":\"Patient\"}\n";

    assertThat(counts(PATIENTS, late, 16)).isEqualTo(Map.of("Patient", 1L));
  }

  @Test
  void header_lines_of_an_organized_file_are_not_counted() {
    String text = HEADER + PATIENT.formatted(1) + "\n{\"resourceType\":\"Group\"}\n" + HEADER;

    for (int piece : new int[] {1, 7, 4096}) {
      assertThat(counts(ORGANIZED, text, piece)).isEqualTo(Map.of("Group", 1L, "Patient", 1L));
    }
  }

  @Test
  void parameters_without_a_header_and_headers_of_other_files_are_resources() {
    String other = HEADER.replace("header", "other");

    assertThat(counts(ORGANIZED, HEADER + other + PATIENT.formatted(1), 7))
        .isEqualTo(Map.of("Parameters", 1L, "Patient", 1L));
    assertThat(counts(ofAny("file"), HEADER, 7)).isEqualTo(Map.of("Parameters", 1L));
  }

  @Test
  void an_operation_outcome_has_no_place_in_an_organized_file() {
    assertThat(refused(ORGANIZED, HEADER + "{\"resourceType\":\"OperationOutcome\"}\n"))
        .isEqualTo(
            "Resource-1.ndjson line 2 holds an OperationOutcome where resources were promised");
  }

  @Test
  void the_count_is_compared_with_the_resources() {
    assertThat(refused(ORGANIZED, HEADER + PATIENT.formatted(1)))
        .isEqualTo("Resource-1.ndjson holds 1 resources, the manifest says 2");
  }

  @Test
  void the_longest_line_passes_and_one_byte_more_does_not() {
    String line = PATIENT.formatted(1);
    NdjsonPromise enough = linesUpTo(line.length());
    NdjsonPromise oneLess = linesUpTo(line.length() - 1);

    for (String end : new String[] {"", "\n", "\r\n"}) {
      assertThat(counts(enough, "\uFEFF" + line + end, 3)).isEqualTo(Map.of("Patient", 1L));
      assertThat(refused(oneLess, line + end))
          .isEqualTo("Patient-1.ndjson line 1 is longer than " + (line.length() - 1) + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_file_of_deletions_may_be_counted_by_bundles_or_by_entries(long count, @TempDir Path folder)
      throws IOException {
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1\"}},"
            + "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/2\"}}]}\n";
    Path file = Files.writeString(folder.resolve("Bundle-1.ndjson"), bundle);
    NdjsonPromise promise =
        new NdjsonPromise(
            "Bundle-1.ndjson", Optional.empty(), OptionalLong.of(count), false, 1 << 24, true);
    NdjsonCheck check = new NdjsonCheck(promise, CallInfo.of("Bulk FHIR", "test"));
    check.update(bundle.getBytes(StandardCharsets.UTF_8), 0, bundle.length());

    if (count == 3) {
      assertThatThrownBy(() -> check.finish(file)).hasMessageContaining("the manifest says 3");
    } else {
      check.finish(file);
      assertThat(check.counts()).isEqualTo(Map.of("Bundle", 1L));
    }
  }
}
