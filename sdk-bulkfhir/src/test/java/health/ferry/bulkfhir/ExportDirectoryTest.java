package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.testkit.Fault;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that an export must not write into; refused before anything is sent. */
class ExportDirectoryTest extends SandboxTest {

  private InvalidInputException refused(Path directory, ExportRequest request) {
    int before = partner.requests().size();
    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class, () -> client().export(request, directory));
    assertThat(refused.violations()).hasSize(1);
    assertThat(refused.violations().get(0).path()).isEqualTo("directory");
    assertThat(partner.requests()).hasSize(before);
    return refused;
  }

  @Test
  void a_file_is_no_directory() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThat(refused(file, EVERYTHING)).hasMessageContaining("is a file");
    assertThat(file).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient-1.ndjson", "old.ndjson", "deleted/Bundle-1.ndjson"})
  void ndjson_of_something_else_is_not_mixed_with(String name) throws Exception {
    Path foreign = out().resolve(name);
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "{}\n");

    assertThat(refused(out(), EVERYTHING)).hasMessageContaining("something else");
    assertThat(contents(out())).containsOnlyKeys(name);
    assertThat(out().resolve(".ferry")).doesNotExist();
  }

  @Test
  void an_export_with_other_parameters_is_not_mixed_with() {
    partner.files().fault("/files/job-1/Patient-1.ndjson", 5, Fault.status(500));
    client().export(EVERYTHING, out());

    for (ExportRequest other :
        List.of(
            ExportRequest.patients().build(),
            ExportRequest.system().types("Patient").build(),
            ExportRequest.system().since(Instant.EPOCH).build())) {
      assertThat(refused(out(), other)).hasMessageContaining("other parameters");
    }
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void a_finished_export_with_other_parameters_is_not_mixed_with() {
    client().export(EVERYTHING, out());

    assertThat(refused(out(), ExportRequest.patients().build()))
        .hasMessageContaining("other parameters");
  }

  @Test
  void an_export_of_another_server_is_not_mixed_with() throws Exception {
    client().export(EVERYTHING, out());
    int before = partner.requests().size();

    try (BulkFhirClient other = BulkFhirClient.builder("https://fhir.example.org/R4").build()) {
      assertThat(
              catchThrowableOfType(
                  InvalidInputException.class, () -> other.export(EVERYTHING, out())))
          .hasMessageContaining("another server");
    }
    assertThat(partner.requests()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"phase\":\"LATER\",\"request\":\"r\",\"token\":\"t\"}",
        "{\"phase\":\"RUNNING\",\"request\":\"r\",\"token\":\"t\",\"transactionTime\":\"now\"}",
        "{\"phase\":\"RUNNING\",\"request\":\"r\",\"token\":\"t\",\"files\":[{\"name\":\"../e-1.ndjson\",\"section\":\"OUTPUT\"}]}"
      })
  void a_state_that_cannot_be_read_is_not_written_over(String state) throws Exception {
    Path file = out().resolve(".ferry/export.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, state);

    assertThat(refused(out(), EVERYTHING)).hasMessageContaining("cannot be read");
    assertThat(file).hasContent(state);
  }

  @Test
  void two_exports_in_one_process_do_not_share_it() {
    try (ExportDirectory held = ExportDirectory.open(out(), Optional.empty())) {
      assertThat(held.path()).isEqualTo(out());
      assertThat(refused(out(), EVERYTHING)).hasMessageContaining("another export");
    }
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void two_processes_do_not_share_it() throws Exception {
    try (ForkedJvm other = ForkedJvm.start(List.of(), HoldDirectory.class, out().toString())) {
      other.awaitLine("held");

      assertThat(refused(out(), EVERYTHING)).hasMessageContaining("another export");

      other.kill();
    }
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  /** Runs in the other JVM: opens the directory and keeps it until killed. */
  static final class HoldDirectory {
    private HoldDirectory() {}

    public static void main(String[] args) throws Exception {
      try (ExportDirectory held = ExportDirectory.open(Path.of(args[0]), Optional.empty())) {
        System.out.println("held " + held.path().getFileName());
        System.in.read();
      }
    }
  }

  @Test
  void the_lock_of_a_process_that_ended_is_no_lock() throws Exception {
    Files.createDirectories(out().resolve(".ferry"));
    try (FileChannel left =
        FileChannel.open(
            out().resolve(".ferry/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(left.size()).isZero();
    }
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void an_interrupt_while_the_state_is_saved_is_no_failure_of_the_disk() {
    try (ExportDirectory directory = ExportDirectory.open(out(), Optional.empty())) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> directory.save(ExportState.starting("GET an export")))
          .isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(directory.hasState()).isFalse();
    }
  }
}
