package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of a given size, in the form of Pierflow's builder. */
class PierflowPackageFileTest {

  private static final int PATIENTS = 12;
  private static final int BUNDLE_BYTES = 50_000;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file = directory.resolve("package.zip");
    PierflowPackageFile.of(PATIENTS, BUNDLE_BYTES).write(file);
  }

  private List<String> lines(String entry) throws IOException {
    return new String(bytes(entry), StandardCharsets.UTF_8).lines().toList();
  }

  private byte[] bytes(String entry) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
    }
  }

  private JsonNode manifest() throws IOException {
    return Http.json(String.join("\n", lines("manifest.json")));
  }

  @Test
  void holds_the_folder_the_patients_the_manifest_and_the_checksums_in_this_order()
      throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      assertThat(names).hasSize(PATIENTS + 3).doesNotHaveDuplicates();
      assertThat(names.get(0)).isEqualTo("patients/");
      assertThat(names.subList(1, PATIENTS + 1))
          .allMatch(name -> name.matches("patients/pat_[0-9a-f]{8}\\.json"));
      assertThat(names.subList(PATIENTS + 1, PATIENTS + 3))
          .containsExactly("manifest.json", "checksum.sha256");
    }
  }

  @Test
  void tells_sizes_in_the_local_header_and_not_behind_the_data() throws Exception {
    byte[] archive = Files.readAllBytes(file);
    int flags = archive[6] & 0xff;
    assertThat(flags & 0x08).isZero();
    int second = 30 + "patients/".length();
    assertThat(archive[second + 6] & 0x08).isZero();
    assertThat(archive[second + 8]).as("DEFLATE").isEqualTo((byte) 8);
  }

  @Test
  void lists_every_file_but_itself_with_its_hash_the_manifest_first() throws Exception {
    List<String> lines = lines("checksum.sha256");
    assertThat(lines).hasSize(PATIENTS + 1);
    assertThat(lines.get(0)).endsWith("  manifest.json");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (String line : lines) {
      String path = line.substring(66);
      assertThat(line.substring(0, 64))
          .isEqualTo(HexFormat.of().formatHex(sha256.digest(bytes(path))));
    }
    assertThat(new String(bytes("checksum.sha256"), StandardCharsets.UTF_8)).endsWith(".json\n");
  }

  @Test
  void has_a_manifest_that_indexes_the_patients() throws Exception {
    JsonNode manifest = manifest();
    assertThat(manifest.fieldNames())
        .toIterable()
        .containsExactly(
            "package_format",
            "organization_id",
            "organization_name",
            "partner_id",
            "built_at",
            "patient_count",
            "record_count",
            "patients");
    assertThat(manifest.path("package_format").asText()).isEqualTo("FHIR_R4_JSON");
    assertThat(manifest.path("built_at").asText()).isEqualTo("2026-06-01T02:00:03.123Z");
    assertThat(manifest.path("patient_count").asInt()).isEqualTo(PATIENTS);
    assertThat(manifest.path("record_count").asInt()).isEqualTo(2 * PATIENTS);
    JsonNode first = manifest.path("patients").path(0);
    assertThat(first.path("file").asText())
        .isEqualTo("patients/" + first.path("patient_id").asText() + ".json");
    assertThat(first.path("mrn").asText()).isEqualTo("NC-00001");
    assertThat(manifest.path("patients").path(9).path("mrn").isNull())
        .as("its number stands under the organization's own system")
        .isTrue();
  }

  @Test
  void fills_each_bundle_up_to_about_the_size_asked_for() throws Exception {
    for (JsonNode patient : manifest().path("patients")) {
      byte[] json = bytes(patient.path("file").asText());
      assertThat(json.length).isBetween(BUNDLE_BYTES - 2_000, BUNDLE_BYTES + 2_000);
      JsonNode bundle = Http.json(new String(json, StandardCharsets.UTF_8));
      assertThat(bundle.path("total").asInt()).isEqualTo(bundle.path("entry").size());
    }
  }

  @Test
  void writes_the_same_bytes_for_the_same_seed() throws Exception {
    Path again = directory.resolve("again.zip");
    PierflowPackageFile.of(PATIENTS, BUNDLE_BYTES).write(again);
    assertThat(again).hasSameBinaryContentAs(file);
    PierflowPackageFile.of(PATIENTS, BUNDLE_BYTES).seed(7).write(again);
    assertThat(Files.mismatch(file, again)).isNotNegative();
  }

  @Test
  void is_as_long_as_its_content_at_level_0() throws Exception {
    Path stored = directory.resolve("stored.zip");
    PierflowPackageFile.of(PATIENTS, BUNDLE_BYTES).level(0).write(stored);
    assertThat(Files.size(stored)).isGreaterThan((BUNDLE_BYTES - 2_000L) * PATIENTS);
    assertThat(Files.size(file)).isLessThan(Files.size(stored) / 5);
  }
}
