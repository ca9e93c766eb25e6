package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good packages, in every form that Pierflow and others write them. */
class PackageArchiveTest {

  @TempDir Path folder;

  private final PierflowClient pierflow =
      PierflowClient.builder("http://127.0.0.1", Secret.of("pf_test_sk_offline")).build();

  @AfterEach
  void close() {
    pierflow.close();
  }

  private Path write(byte[] zip) throws IOException {
    return Files.write(folder.resolve("package.zip"), zip);
  }

  private PackageArchive open(byte[] zip) throws IOException {
    return pierflow.open(write(zip));
  }

  private static List<String> ids(PackageArchive archive) {
    List<String> ids = new ArrayList<>();
    archive.patients().forEach(patient -> ids.add(patient.patientId()));
    return ids;
  }

  @Test
  void hands_out_each_patient_of_the_manifest_as_it_was_sent() throws IOException {
    try (PackageArchive archive = open(PackageContent.of(3).bytes())) {
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2", "pat_3");
      assertThat(archive.unlisted()).isEmpty();
      PackagedPatient first = archive.patients().iterator().next();
      assertThat(first.mrn()).contains("LGC-pat_1");
      assertThat(first.json()).isEqualTo(PackageContent.bundle("pat_1"));
      assertThat(first.bytes()).isEqualTo(PackageContent.utf8(PackageContent.bundle("pat_1")));
      assertThat(first.maybeHandledBefore()).isFalse();
      assertThat(first.packageId()).isEmpty();
      assertThat(first.boundReferences()).isEmpty();
      assertThat(first).hasToString("PackagedPatient pat_1");
    }
  }

  @Test
  void reads_a_patient_as_a_model() throws IOException {
    try (PackageArchive archive = open(PackageContent.of(1).bytes())) {
      Bundle bundle = archive.patients().iterator().next().bundle();
      assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
      assertThat(bundle.getTotal()).isEqualTo(2);
      Patient patient = (Patient) bundle.getEntry().get(0).getResource();
      Observation observation = (Observation) bundle.getEntry().get(1).getResource();
      assertThat(patient.getIdElement().getIdPart()).isEqualTo("pat_1");
      assertThat(observation.getIdElement().getIdPart()).isEqualTo("obs_bp_pat_1");
      assertThat(observation.getValueQuantity().getValueElement().getValueAsString())
          .isEqualTo("61.50");
      assertThat(observation.getSubject().getReference()).isEqualTo("Patient/pat_0a1b2c3d4e5f");
    }
  }

  @Test
  void tells_what_the_manifest_says() throws IOException {
    try (PackageArchive archive = open(PackageContent.of(2).bytes())) {
      PackageManifest manifest = archive.manifest();
      assertThat(manifest.packageFormat()).contains("FHIR_R4_JSON");
      assertThat(manifest.organizationId()).contains("org_lagos_general_clinic");
      assertThat(manifest.organizationName()).contains("Lagos General Clinic");
      assertThat(manifest.partnerId()).contains("ptr_1");
      assertThat(manifest.builtAt()).contains(Instant.parse("2026-06-01T02:00:03.123Z"));
      assertThat(manifest.patientCount()).hasValue(2);
      assertThat(manifest.recordCount()).hasValue(5);
      assertThat(manifest.patients()).hasSize(2);
      assertThat(manifest.patients().get(1).patientId()).isEqualTo("pat_2");
      assertThat(manifest.patients().get(1).mrn()).contains("LGC-pat_2");
      assertThat(manifest.patients().get(1).file()).isEqualTo("patients/pat_2.json");
      assertThat(manifest.patients().get(1).recordCount()).hasValue(2);
      assertThat(manifest.raw()).isEqualTo(PackageContent.manifest(List.of("pat_1", "pat_2")));
      assertThat(manifest).hasToString("PackageManifest of 2 patients");
    }
  }

  @Test
  void takes_entries_in_any_order() throws IOException {
    List<RawZip.Item> items = PackageContent.of(3).items();
    Collections.reverse(items);
    RawZip zip = new RawZip();
    items.forEach(zip::add);
    try (PackageArchive archive = open(zip.bytes())) {
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2", "pat_3");
    }
  }

  @Test
  void hands_out_in_the_order_of_the_manifest() throws IOException {
    List<String> backwards = List.of("pat_3", "pat_1", "pat_2");
    PackageContent content = PackageContent.of(3).manifest(PackageContent.manifest(backwards));
    try (PackageArchive archive = open(content.bytes())) {
      assertThat(ids(archive)).isEqualTo(backwards);
    }
  }

  @Test
  void takes_descriptors_extra_fields_and_a_comment() throws IOException {
    RawZip zip = new RawZip().comment(PackageContent.utf8("built for partner 1"));
    int number = 0;
    for (RawZip.Item item : PackageContent.of(4).items()) {
      number++;
      item.descriptor(List.of(0, 12, 16).get(number % 3)).extra(0x5455, new byte[] {1, 0, 0, 0, 0});
      zip.add(item);
    }
    try (PackageArchive archive = open(zip.bytes())) {
      assertThat(ids(archive)).isEqualTo(PackageContent.ids(4));
    }
  }

  @Test
  void takes_stored_entries() throws IOException {
    RawZip zip = new RawZip();
    PackageContent.of(2).items().stream()
        .map(item -> RawZip.Item.stored(item.name, item.content()))
        .forEach(zip::add);
    try (PackageArchive archive = open(zip.bytes())) {
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2");
    }
  }

  @Test
  void takes_what_the_jdk_writes() throws IOException {
    Path path = folder.resolve("jdk.zip");
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (RawZip.Item item : PackageContent.of(2).items()) {
        zip.putNextEntry(new ZipEntry(item.name));
        zip.write(item.content());
        zip.closeEntry();
      }
    }
    try (PackageArchive archive = pierflow.open(path)) {
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2");
    }
  }

  @Test
  void can_be_iterated_again_and_ends_as_iterators_do() throws IOException {
    try (PackageArchive archive = open(PackageContent.of(2).bytes())) {
      assertThat(ids(archive)).isEqualTo(ids(archive));
      Iterator<PackagedPatient> patients = archive.patients().iterator();
      patients.next();
      patients.next();
      assertThat(patients.hasNext()).isFalse();
      assertThatThrownBy(patients::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void reads_the_file_that_was_verified_though_another_one_takes_its_name() throws IOException {
    try (PackageArchive archive = open(PackageContent.of(1).bytes())) {
      Path other = Files.write(folder.resolve("other.zip"), new byte[] {1, 2, 3});
      Files.move(other, folder.resolve("package.zip"), StandardCopyOption.REPLACE_EXISTING);
      assertThat(ids(archive)).containsExactly("pat_1");
    }
  }

  @Test
  void hands_out_nothing_of_a_file_that_was_changed_since() throws IOException {
    byte[] zip = PackageContent.of(1).bytes();
    Path path = write(zip);
    try (PackageArchive archive = pierflow.open(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(150);
      file.write(zip[150] ^ 1);
      assertThatThrownBy(() -> archive.patients().iterator().next())
          .isInstanceOf(IntegrityException.class);
    }
  }

  @Test
  void gives_nothing_after_it_was_closed() throws IOException {
    PackageArchive archive = open(PackageContent.of(1).bytes());
    PackagedPatient kept = archive.patients().iterator().next();
    archive.close();
    assertThatThrownBy(() -> archive.patients().iterator().next())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the archive is closed");
    assertThat(kept.json()).isEqualTo(PackageContent.bundle("pat_1"));
  }

  @Test
  void wants_a_file_that_is_there() {
    assertThatThrownBy(() -> pierflow.open(folder.resolve("absent.zip")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Pierflow open failed: archive: must be a readable file");
  }

  @Test
  void tells_of_a_file_that_only_the_checksum_list_knows_and_does_not_hand_it_out()
      throws IOException {
    PackageContent content =
        PackageContent.of(2).file(PackageContent.file("pat_9"), PackageContent.bundle("pat_9"));
    try (PackageArchive archive = open(content.bytes())) {
      assertThat(archive.unlisted()).containsExactly("patients/pat_9.json");
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2");
    }
  }

  @Test
  void takes_a_package_without_a_checksum_list_only_where_allowed() throws IOException {
    RawZip zip = new RawZip();
    PackageContent.of(2).items().stream()
        .filter(item -> !item.name.equals("checksum.sha256"))
        .forEach(zip::add);
    Path path = write(zip.bytes());
    assertThatThrownBy(() -> pierflow.open(path))
        .isInstanceOf(IntegrityException.class)
        .hasMessage("Pierflow open failed: the archive has no checksum.sha256");
    try (PackageArchive archive = pierflow.open(path, OpenOptions::allowMissingChecksums)) {
      assertThat(ids(archive)).containsExactly("pat_1", "pat_2");
    }
  }
}
