package health.ferry.examples.faults;

import static health.ferry.examples.faults.ContentFaults.uncounted;
import static health.ferry.examples.faults.Faults.altered;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.FILE;

import health.ferry.core.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** What can be wrong with a single line of a file whose lines are as many as was promised. */
final class LineFaults {

  private static final int LINE_LIMIT = 16 << 20;

  private LineFaults() {}

  static List<Scenario> all() {
    return List.of(
        uncounted("with_a_resource_of_another_type_in_line_2", second("Observation")),
        uncounted("with_an_outcome_as_its_last_line", text -> text + outcomeLine()),
        uncounted("with_a_line_that_is_no_object", text -> text + "17\n"),
        uncounted("with_a_line_of_words", text -> text + "internal error\n"),
        uncounted("with_a_line_that_is_not_whole", text -> text.replaceFirst("\\}\\]\\}", "")),
        uncounted("with_a_line_broken_in_two", text -> text.replaceFirst(",\"id\"", ",\n\"id\"")),
        uncounted("with_two_resources_on_a_line", text -> text.replaceFirst("\n", "")),
        uncounted("with_a_line_that_has_no_type", text -> text + "{\"id\":\"1\"}\n"),
        uncounted("with_text_after_a_resource", text -> text.replaceFirst("\n", " 17\n")),
        uncounted("with_nul_bytes_between_lines", text -> text.replaceFirst("\n", "\n\u0000\n")),
        uncounted("with_nul_bytes_in_a_line", text -> text.replaceFirst("\"id\"", "\u0000\"id\"")),
        uncounted("nested_without_end", text -> text + nested(200_000)),
        uncounted("with_a_line_of_30_megabytes", text -> text + line(30 << 20)),
        uncounted("with_a_line_just_above_the_limit", text -> text + line(LINE_LIMIT + 1)),
        that("a_file_that_inflates_without_end_is_no_file")
            .in(World::compressed)
            .always(FILE, Bomb.ofOneLine())
            .misses(IntegrityException.class),
        that("a_file_that_is_not_utf_8_is_no_file")
            .always(FILE, altered(honest -> honest.body(latin1(honest.text()))))
            .misses(IntegrityException.class));
  }

  private static UnaryOperator<String> second(String type) {
    return text -> {
      String[] lines = text.split("\n");
      lines[1] = Corpus.resource(type, 1);
      return String.join("\n", lines) + "\n";
    };
  }

  private static String outcomeLine() {
    return Corpus.resource("OperationOutcome", 1) + "\n";
  }

  private static String nested(int depth) {
    return "{\"resourceType\":\"Patient\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}\n";
  }

  /** A line of so many bytes without its end. */
  private static String line(int length) {
    String beginning = "{\"resourceType\":\"Patient\",\"a\":\"";
    return beginning + "a".repeat(length - beginning.length() - 2) + "\"}\n";
  }

  private static byte[] latin1(String text) {
    return text.replaceFirst("\"id\":\"1\"", "\"id\":\"\u00e9\"")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
