package health.ferry.pierflow;

import static health.ferry.pierflow.PackageContent.utf8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checksum list and the manifest promise, and what the patients' files must be. */
class PackageListsTest {

  @TempDir Path folder;

  private PackageArchive open(byte[] zip, OpenOptions options) throws IOException {
    Path path = Files.write(folder.resolve("package.zip"), zip);
    return PackageArchive.open(path, options, Runnable::run, new Cancellation());
  }

  private PackageArchive open(PackageContent content) throws IOException {
    return open(content.bytes(), OpenOptions.defaults());
  }

  private void refuses(byte[] zip, String reason) {
    assertThatThrownBy(() -> open(zip, OpenOptions.defaults()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Pierflow open failed: " + reason);
  }

  static Stream<Arguments> forms() {
    String list = PackageContent.of(2).list();
    return Stream.of(
        arguments("two spaces", list),
        arguments("for binary files", list.replace("  ", " *")),
        arguments("CR LF", list.replace("\n", "\r\n")),
        arguments("blank lines", "\n \r\n" + list.replace("\n", "\n\n") + "\n\t\n"),
        arguments("no line end at its end", list.strip()),
        arguments("capital letters", upperHex(list)),
        arguments("another order", String.join("\n", reversed(list.lines().toList()))));
  }

  private static String upperHex(String list) {
    StringBuilder upper = new StringBuilder();
    list.lines()
        .forEach(
            line ->
                upper
                    .append(line.substring(0, 64).toUpperCase(Locale.ROOT))
                    .append(line.substring(64))
                    .append('\n'));
    return upper.toString();
  }

  private static List<String> reversed(List<String> lines) {
    return Stream.iterate(lines.size() - 1, i -> i >= 0, i -> i - 1).map(lines::get).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void takes_a_checksum_list_in_the_forms_of_sha256sum(String what, String list)
      throws IOException {
    try (PackageArchive archive = open(PackageContent.of(2).list(list))) {
      assertThat(archive.manifest().patients()).as(what).hasSize(2);
    }
  }

  static Stream<Arguments> wrongLists() {
    PackageContent two = PackageContent.of(2);
    String list = two.list();
    String manifest = list.lines().toList().get(0);
    String first = list.lines().toList().get(1);
    return Stream.of(
        arguments("empty", "", "checksum.sha256 lacks "),
        arguments(
            "without the manifest",
            list.replace(manifest, ""),
            "checksum.sha256 lacks manifest.json"),
        arguments(
            "without a patient",
            list.replace(first, ""),
            "checksum.sha256 lacks patients/pat_1.json"),
        arguments(
            "of another patient",
            first.replace("pat_1", "pat_9") + "\n" + list,
            "line 1 of checksum.sha256 names a file that the archive lacks"),
        arguments(
            "of itself",
            list + PackageContent.sha256(utf8(list)) + "  checksum.sha256\n",
            "line 4 of checksum.sha256 names the list itself"),
        arguments("a file twice", list + first, "line 4 of checksum.sha256 names a file again"),
        arguments("one space", list.replace("  ", " "), "line 1 of checksum.sha256 is no checksum"),
        arguments("short", list.substring(1), "line 1 of checksum.sha256 is no checksum"),
        arguments("no hex", "x" + list.substring(1), "line 1 of checksum.sha256 is no checksum"),
        arguments(
            "another tool's form",
            "SHA256 (manifest.json) = " + list,
            "line 1 of checksum.sha256 is no checksum"),
        arguments(
            "a name of a person", list + Canary.FAMILY, "line 4 of checksum.sha256 is no checksum"),
        arguments(
            "another sum",
            list.replace(first, (first.startsWith("0") ? "1" : "0") + first.substring(1)),
            "patients/pat_1.json does not have its checksum"),
        arguments(
            "another sum of the manifest",
            (list.startsWith("0") ? "1" : "0") + list.substring(1),
            "manifest.json does not have its checksum"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongLists")
  void refuses_a_package_whose_list_is_wrong(String what, String list, String reason) {
    assertThat(what).isNotEmpty();
    refuses(PackageContent.of(2).list(list).bytes(), reason);
  }

  @Test
  void a_list_that_is_there_must_be_right_also_where_it_may_be_missing() {
    byte[] zip = PackageContent.of(1).list("").bytes();
    assertThatThrownBy(() -> open(zip, OpenOptions.defaults().allowMissingChecksums()))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void refuses_a_package_without_a_manifest() {
    RawZip zip = new RawZip();
    PackageContent.of(1).items().stream()
        .filter(item -> !item.name.equals("manifest.json"))
        .forEach(zip::add);
    refuses(zip.bytes(), "the archive has no manifest.json");
  }

  static Stream<Arguments> manifests() {
    return Stream.of(
        arguments("nothing", "", "is no JSON object"),
        arguments("no JSON", "{" + Canary.FAMILY, "is not valid JSON at line 1, column "),
        arguments("cut off", "{\"patients\":[", "is not valid JSON at line 1, column "),
        arguments("an array", "[]", "is no JSON object"),
        arguments("two objects", "{\"patients\":[]}{}", "goes on after its JSON object"),
        arguments("no patients", "{}", "has no list of patients"),
        arguments("null patients", "{\"patients\":null}", "has no list of patients"),
        arguments("patients of another kind", "{\"patients\":{}}", "has no list of patients"),
        arguments(
            "two lists", "{\"patients\":[],\"patients\":[]}", "has more than one list of patients"),
        arguments(
            "two answers",
            "{\"partner_id\":\"a\",\"partner_id\":\"b\"}",
            "has more than one partner_id"),
        arguments("a patient that is none", "{\"patients\":[7]}", "patients[0] is no JSON object"),
        arguments(
            "no id", "{\"patients\":[{\"patient_id\":null}]}", "patients[0] has no patient_id"),
        arguments(
            "two ids",
            "{\"patients\":[{\"patient_id\":\"a\",\"patient_id\":\"b\"}]}",
            "patients[0] has more than one patient_id"),
        arguments(
            "a missing file",
            "{\"patients\":[{\"patient_id\":\"pat_9\"}]}",
            "patients[0] names a file that the archive lacks"),
        arguments(
            "a file outside",
            "{\"patients\":[{\"patient_id\":\"a\",\"file\":\"../" + Canary.FAMILY + "\"}]}",
            "patients[0] names a file that the archive lacks"),
        arguments(
            "the manifest itself",
            "{\"patients\":[{\"patient_id\":\"a\",\"file\":\"manifest.json\"}]}",
            "patients[0] names a file that the archive lacks"),
        arguments(
            "a patient twice",
            "{\"patients\":[{\"patient_id\":\"pat_1\"},{\"patient_id\":\"PAT_1\"}]}",
            "patients[1] has the patient_id of another one"),
        arguments(
            "a file twice",
            "{\"patients\":[{\"patient_id\":\"pat_1\"},"
                + "{\"patient_id\":\"b\",\"file\":\"patients/pat_1.json\"}]}",
            "patients[1] names the file of another one"),
        arguments("too deep", "{\"a\":" + "[".repeat(1_001), "has too deep a nesting"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void refuses_a_manifest_that_cannot_be_followed(String what, String manifest, String reason) {
    assertThat(what).isNotEmpty();
    refuses(PackageContent.of(1).manifest(manifest).bytes(), "manifest.json " + reason);
  }

  @Test
  void refuses_a_patients_id_that_is_no_name_without_showing_it() {
    for (String id : List.of("..", "a/b", Canary.FAMILY + " Ada", "", "\\u0000")) {
      String manifest =
          "{\"patients\":[{\"patient_id\":\"" + id + "\",\"file\":\"patients/pat_1.json\"}]}";
      assertThatThrownBy(() -> open(PackageContent.of(1).manifest(manifest)))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessage(
              "Pierflow open failed: manifest.json patients[0] has a patient_id that cannot be a"
                  + " name");
    }
  }

  @Test
  void takes_a_manifest_with_nothing_but_its_patients() throws IOException {
    String manifest =
        """
        {"record_count": null, "patient_count": "many", "built_at": "yesterday", "new": {"a": [1]},
         "patients": [{"patient_id": "pat_1", "mrn": null, "record_count": null, "new": [{}]},
                      {"patient_id": "x", "file": "patients/pat_2.json", "mrn": 7}]}""";
    try (PackageArchive archive = open(PackageContent.of(2).manifest(manifest))) {
      PackageManifest read = archive.manifest();
      assertThat(read.packageFormat()).isEmpty();
      assertThat(read.organizationId()).isEmpty();
      assertThat(read.organizationName()).isEmpty();
      assertThat(read.partnerId()).isEmpty();
      assertThat(read.builtAt()).isEmpty();
      assertThat(read.patientCount()).isEmpty();
      assertThat(read.recordCount()).isEmpty();
      assertThat(read.patients()).hasSize(2);
      assertThat(read.patients().get(0).file()).isEqualTo("patients/pat_1.json");
      assertThat(read.patients().get(0).mrn()).isEmpty();
      assertThat(read.patients().get(0).recordCount()).isEmpty();
      assertThat(read.patients().get(1).mrn()).contains("7");
      PackagedPatient second = toList(archive).get(1);
      assertThat(second.patientId()).isEqualTo("x");
      assertThat(second.json()).isEqualTo(PackageContent.bundle("pat_2"));
    }
  }

  private static List<PackagedPatient> toList(PackageArchive archive) {
    return StreamSupport.stream(archive.patients().spliterator(), false).toList();
  }

  static Stream<Arguments> noBundles() {
    return Stream.of(
        arguments("empty", "", "is not a Bundle"),
        arguments("a Patient", "{\"resourceType\":\"Patient\"}", "is not a Bundle"),
        arguments("no type", "{}", "is not a Bundle"),
        arguments("a type within", "{\"a\":{\"resourceType\":\"Bundle\"}}", "is not a Bundle"),
        arguments("a type of another kind", "{\"resourceType\":[\"Bundle\"]}", "is not a Bundle"),
        arguments("an array", "[{\"resourceType\":\"Bundle\"}]", "is not a Bundle"),
        arguments("a text", "\"Bundle\"", "is not a Bundle"),
        arguments("no JSON", Canary.FAMILY, "is not valid JSON at line 1, column "),
        arguments("NDJSON of others", "{\"resourceType\":\"Patient\"}\n{}", "is not a Bundle"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noBundles")
  void refuses_a_patients_file_that_is_no_bundle(String what, String text, String reason) {
    assertThat(what).isNotEmpty();
    refuses(
        PackageContent.of(2).file("patients/pat_2.json", text).bytes(),
        "patients/pat_2.json " + reason);
  }

  @Test
  void finds_the_type_wherever_it_stands() throws IOException {
    String bundle =
        "{\"entry\":["
            + IntStream.range(0, 50_000).mapToObj(Integer::toString).collect(joining(","))
            + "],\"type\":7,\"resourceType\":\"Bundle\"}";
    open(PackageContent.of(1).file("patients/pat_1.json", bundle)).close();
  }

  static Stream<Arguments> unsoundBundles() {
    String bundle = "{\"resourceType\":\"Bundle\",\"a\":";
    return Stream.of(
        arguments("cut off", bundle, "is not valid JSON"),
        arguments("broken", bundle + Canary.FAMILY + "}", "is not valid JSON"),
        arguments("two", bundle + "1}{}", "goes on after its Bundle"),
        arguments(
            "two types",
            bundle + "1,\"resourceType\":\"Bundle\"}",
            "has more than one resourceType"),
        arguments("too deep", bundle + "[".repeat(1_001), "has too deep a nesting"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsoundBundles")
  void looks_through_the_whole_of_each_file_where_asked(String what, String text, String reason)
      throws IOException {
    assertThat(what).isNotEmpty();
    byte[] zip = PackageContent.of(1).file("patients/pat_1.json", text).bytes();
    open(zip, OpenOptions.defaults()).close();
    assertThatThrownBy(() -> open(zip, OpenOptions.defaults().checkContent(true)))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Pierflow open failed: patients/pat_1.json " + reason);
  }

  @Test
  void tells_of_a_wrong_checksum_before_it_judges_the_content() {
    PackageContent content = PackageContent.of(1);
    String list = content.list();
    refuses(
        content.file("patients/pat_1.json", Canary.FAMILY).list(list).bytes(),
        "patients/pat_1.json does not have its checksum");
  }

  @Test
  void a_bundle_that_is_no_fhir_is_told_where_the_model_is_asked_for() throws IOException {
    String bundle = PackageContent.bundle("pat_1").replace("female", Canary.FAMILY);
    try (PackageArchive archive = open(PackageContent.of(1).file("patients/pat_1.json", bundle))) {
      PackagedPatient patient = archive.patients().iterator().next();
      assertThat(patient.json()).isEqualTo(bundle);
      assertThatThrownBy(patient::bundle)
          .isInstanceOf(IntegrityException.class)
          .hasMessageStartingWith(
              "Pierflow open failed: patients/pat_1.json cannot be read as FHIR: ")
          .satisfies(Canary::assertAbsent);
    }
  }

  @Test
  void no_reason_shows_what_the_package_holds() {
    Stream.of(wrongLists(), manifests())
        .flatMap(all -> all)
        .map(Arguments::get)
        .map(given -> (String) given[1])
        .flatMap(
            text -> Stream.of(PackageContent.of(2).list(text), PackageContent.of(2).manifest(text)))
        .forEach(
            content ->
                assertThatThrownBy(() -> open(content))
                    .isInstanceOf(FerryException.class)
                    .satisfies(Canary::assertAbsent));
  }
}
