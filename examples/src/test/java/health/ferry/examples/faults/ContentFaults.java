package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.altered;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.json;
import static health.ferry.examples.faults.Faults.patients;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.FILE;
import static health.ferry.examples.faults.Stage.MANIFEST;

import health.ferry.core.IntegrityException;
import health.ferry.core.UnexpectedResponseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What can be wrong with a file that comes whole by its framing.
 *
 * <p>One loss is not in the table, since nobody can know of it: a file that ends at a line's end,
 * whole by its length or ended by closing a connection that has no length, in a manifest without a
 * count.
 */
final class ContentFaults {

  private static final String PATIENT = Corpus.resource("Patient", 1);

  private ContentFaults() {}

  static List<Scenario> all() {
    return Stream.of(harmless(), compressed(), damaged()).flatMap(List::stream).toList();
  }

  private static List<Scenario> harmless() {
    return List.of(
        holding("blank_lines", "\n\n" + PATIENT + "\n\n" + PATIENT + "\n\n", 2),
        holding("lines_that_end_with_cr_lf", PATIENT + "\r\n" + PATIENT + "\r\n", 2),
        holding("a_byte_order_mark", "\uFEFF" + PATIENT + "\n", 1),
        holding("a_last_line_without_its_end", PATIENT + "\n" + PATIENT, 2),
        holding("spaces_around_its_resources", "  " + PATIENT + " \n\t" + PATIENT + "\t\n", 2),
        holding("letters_of_all_scripts", PATIENT.replace("\"1\"", "\"héß漢😀\"") + "\n", 1),
        holding("nothing_as_its_count_says", "", 0),
        that("a_file_whose_last_line_is_not_whole_once_is_had_anew")
            .once(FILE, content(text -> text.substring(0, text.length() - 20))),
        that("a_file_that_lacks_lines_once_is_had_anew").once(FILE, content(ContentFaults::half)));
  }

  private static Scenario holding(String what, String text, long count) {
    return that("a_file_with_" + what + "_is_taken_as_it_is")
        .in(world -> world.patients(text, count));
  }

  private static List<Scenario> compressed() {
    return List.of(
        that("a_compressed_file_is_inflated").in(World::compressed),
        that("a_compressed_file_that_is_cut_is_taken_up_again")
            .in(World::compressed)
            .once(FILE, Faults.cutAfter(90)),
        that("a_compressed_file_of_two_members_is_inflated")
            .in(World::compressed)
            .always(FILE, ContentFaults::twoMembers),
        that("a_compressed_file_with_a_wrong_checksum_once_is_had_anew")
            .in(World::compressed)
            .once(FILE, flipped(-8)),
        zipped("with_a_wrong_checksum", flipped(-8)),
        zipped("with_a_wrong_length_at_its_end", flipped(-4)),
        zipped("with_a_wrong_byte_inside", flipped(40)),
        zipped("without_its_end", gzip(bytes -> Arrays.copyOf(bytes, bytes.length - 8))),
        zipped("of_half_its_bytes", gzip(bytes -> Arrays.copyOf(bytes, bytes.length / 2))),
        zipped("that_is_not_compressed", altered(honest -> honest.body(PATIENT + "\n"))));
  }

  private static Scenario zipped(String how, Fault fault) {
    return that("a_compressed_file_" + how + "_is_no_file")
        .in(World::compressed)
        .always(FILE, fault)
        .misses(IntegrityException.class);
  }

  private static Fault flipped(int at) {
    return gzip(
        bytes -> {
          byte[] changed = bytes.clone();
          changed[at < 0 ? changed.length + at : at] ^= 0x55;
          return changed;
        });
  }

  private static Fault gzip(UnaryOperator<byte[]> change) {
    return altered(honest -> honest.with("ETag", null).body(change.apply(honest.body())));
  }

  private static Answer twoMembers(Incident incident) {
    byte[] plain = incident.server().world().corpus().patients();
    byte[] first = HonestExport.gzip(Arrays.copyOf(plain, 1000));
    byte[] second = HonestExport.gzip(Arrays.copyOfRange(plain, 1000, plain.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return incident.honest().body(both);
  }

  private static List<Scenario> damaged() {
    return List.of(
        wrong("that_lacks_lines_the_manifest_counts", ContentFaults::half),
        uncounted("whose_last_line_is_not_whole", text -> text.substring(0, text.length() - 20)),
        wrong("that_is_empty_against_its_count", text -> ""),
        uncounted("that_is_an_outcome", text -> "{\"resourceType\":\"OperationOutcome\"}\n"),
        uncounted("that_is_an_array", text -> "[" + text.replace("\n", ",") + "{}]\n"),
        uncounted("that_is_a_web_page", text -> "<!DOCTYPE html>\n<html></html>\n"),
        uncounted("with_nul_bytes_at_its_end", text -> text + "\u0000".repeat(512)),
        that("a_file_that_is_declared_html_is_no_file")
            .always(FILE, html(200))
            .misses(UnexpectedResponseException.class));
  }

  /** Found out by the count if by nothing else. */
  private static Scenario wrong(String how, UnaryOperator<String> change) {
    return that("a_file_" + how + "_is_no_file")
        .always(FILE, content(change))
        .misses(IntegrityException.class);
  }

  /** Found out without a count. */
  static Scenario uncounted(String how, UnaryOperator<String> change) {
    return wrong(how, change).always(MANIFEST, json(json -> patients(json).remove("count")));
  }

  private static Fault content(UnaryOperator<String> change) {
    return altered(honest -> honest.with("ETag", null).body(change.apply(honest.text())));
  }

  private static String half(String text) {
    return text.substring(0, text.indexOf('\n', text.length() / 2) + 1);
  }
}
