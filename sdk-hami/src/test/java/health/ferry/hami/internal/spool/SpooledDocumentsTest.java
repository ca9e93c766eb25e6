package health.ferry.hami.internal.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpooledDocumentsTest {

  @TempDir Path folder;

  @Test
  void gives_back_every_document_as_it_was() throws Exception {
    Random random = new Random(4);
    List<InputDocument> given = new ArrayList<>();
    try (Spool spool = new Spool(folder)) {
      SpooledDocuments documents = new SpooledDocuments(spool);
      for (int i = 0; i < 3_000; i++) {
        String id = "é".repeat(random.nextInt(i % 500 == 0 ? 1_500_000 : 1_000)) + i;
        InputDocument document =
            patient(id, i % 3 == 0 ? "urn:é" + i : null).at("é.ndjson line " + i);
        given.add(document);
        documents.add(document);
      }

      assertThat(documents.size()).isEqualTo(3_000);
      for (int i = 0; i < 6_000; i++) {
        int position = i < 3_000 ? i : random.nextInt(3_000);
        assertThat(documents.get(position).resource().json())
            .isEqualTo(given.get(position).resource().json());
        assertThat(documents.get(position).fullUrl()).isEqualTo(given.get(position).fullUrl());
        assertThat(documents.get(position).place()).isEqualTo("é.ndjson line " + position);
      }
      assertThatThrownBy(() -> documents.get(3_000)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void makes_no_file_for_a_few() throws Exception {
    // Where none could be made.
    Path nowhere = folder.resolve("away");
    try (Spool spool = new Spool(nowhere)) {
      SpooledDocuments documents = new SpooledDocuments(spool);
      for (int i = 0; i < 1_000; i++) {
        documents.add(patient("a", null));
      }
      InputDocument big = patient("x".repeat(1_048_576), null);
      assertThatThrownBy(() -> documents.add(big))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("The disk failed for the temporary file");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void file_is_its_owners_alone_and_has_no_name() throws Exception {
    try (Spool spool = new Spool(folder)) {
      SpooledDocuments documents = new SpooledDocuments(spool);
      documents.add(patient("x".repeat(2_000_000), null));

      assertThat(folder).isEmptyDirectory();
      List<Path> open = open();
      assertThat(open).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open.get(0))))
          .isEqualTo("rw-------");
    }
    assertThat(open()).isEmpty();
  }

  /** The files of this test that the process has open. */
  private List<Path> open() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeThat(descriptors).isDirectory();
    try (Stream<Path> found = Files.list(descriptors)) {
      return found.filter(this::isOurs).toList();
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static InputDocument patient(String id, @Nullable String fullUrl)
      throws MalformedDocumentException {
    String json = "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
    ResourceDocument resource = ResourceDocument.of(json.getBytes(UTF_8), FhirR4.shared());
    return fullUrl == null ? InputDocument.of(resource) : InputDocument.of(resource, fullUrl);
  }
}
