package health.ferry.fhir;

import static health.ferry.fhir.Ndjson.patient;
import static health.ferry.fhir.Ndjson.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConfigurationException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonReaderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", "\r\n \t\r\n"})
  void any_line_end_parts_resources(String end) {
    String text = patient("a") + end + patient("b") + end;

    assertThat(ids(reader(text))).containsExactly("a", "b");
  }

  @Test
  void last_line_needs_no_end() {
    assertThat(ids(reader(patient("a") + "\n" + patient("b")))).containsExactly("a", "b");
  }

  @Test
  void nothing_and_blank_lines_hold_no_resources() {
    assertThat(ids(reader(""))).isEmpty();
    assertThat(ids(reader("\n \r\n\t\n"))).isEmpty();
  }

  @Test
  void byte_order_mark_is_skipped() {
    assertThat(ids(reader("\uFEFF" + patient("a") + "\n"))).containsExactly("a");
  }

  @Test
  void line_numbers_count_blank_lines() {
    try (var lines = reader("\n\r\n" + patient("a") + "\r\r" + patient("b")).raw()) {
      assertThat(lines.next().lineNumber()).isEqualTo(3);
      assertThat(lines.next().lineNumber()).isEqualTo(5);
      assertThat(lines.lineNumber()).isEqualTo(5);
      assertThat(lines.fileName()).isEqualTo("Patient-1.ndjson");
    }
  }

  @Test
  void raw_resource_is_what_was_received() {
    String json =
        "{ \"id\": \"a\", \"resourceType\":\"Patient\", \"name\":[{\"family\":\"Größe\"}]}";
    try (var lines = reader(json + "\n").raw()) {
      RawResource raw = lines.next();

      assertThat(raw.json()).isEqualTo(json);
      assertThat(new String(raw.bytes(), StandardCharsets.UTF_8)).isEqualTo(json);
      assertThat(raw.size()).isEqualTo(json.length() + 2);
      assertThat(raw.resourceType()).contains("Patient");
      assertThat(raw.id()).contains("a");
      assertThat(raw.fileName()).isEqualTo("Patient-1.ndjson");
      assertThat(raw.toString()).isEqualTo("RawResource Patient-1.ndjson line 1, 69 bytes");
    }
  }

  @Test
  void nested_types_and_ids_do_not_count() {
    String json =
        "{\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"inner\"}],"
            + "\"name\":[{\"id\":\"deep\",\"resourceType\":\"x\"}],"
            + "\"id\":\"outer\",\"resourceType\":\"Patient\"}";
    try (var lines = reader(json).raw()) {
      RawResource raw = lines.next();

      assertThat(raw.resourceType()).contains("Patient");
      assertThat(raw.id()).contains("outer");
    }
    try (var patients = reader(json).read(Patient.class)) {
      assertThat(patients.next().getIdPart()).isEqualTo("outer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":5,\"resourceType\":null}",
        "{\"a\":{\"id\":\"x\",\"resourceType\":\"y\"}}"
      })
  void raw_type_and_id_may_be_absent(String json) {
    try (var lines = reader(json).raw()) {
      RawResource raw = lines.next();

      assertThat(raw.resourceType()).isEmpty();
      assertThat(raw.id()).isEmpty();
    }
  }

  @Test
  void typed_reading_gives_models() throws IOException {
    Path file = folder.resolve("Patient-1.ndjson");
    Files.writeString(file, patient("a") + "\n" + patient("b") + "\n");

    NdjsonReader reader = NdjsonReader.of(file);

    for (int times = 0; times < 2; times++) {
      try (Stream<Patient> patients = reader.read(Patient.class).stream()) {
        assertThat(patients.map(Resource::getIdPart)).containsExactly("a", "b");
      }
    }
  }

  @Test
  void abstract_types_take_their_subtypes() {
    String text = patient("a") + "\n{\"resourceType\":\"Observation\",\"id\":\"b\"}\n";
    try (var any = reader(text).read(Resource.class)) {
      assertThat(any.next()).isInstanceOf(Patient.class);
      assertThat(any.next()).isInstanceOf(Observation.class);
      assertThat(any.hasNext()).isFalse();
    }
    try (var domain = reader(text).read(DomainResource.class)) {
      assertThat(domain.next()).isInstanceOf(Patient.class);
    }
  }

  @Test
  void files_are_read_in_the_order_given() throws IOException {
    Path first = Files.writeString(folder.resolve("x.ndjson"), patient("a") + "\n" + patient("b"));
    Path empty = Files.createFile(folder.resolve("empty.ndjson"));
    Path last = Files.writeString(folder.resolve("w.ndjson"), patient("c"));

    try (var lines = NdjsonReader.of(List.of(first, empty, last)).raw()) {
      assertThat(lines.next().id()).contains("a");
      assertThat(lines.next().id()).contains("b");
      assertThat(lines.next().id()).contains("c");
      assertThat(lines.fileName()).isEqualTo("w.ndjson");
      assertThat(lines.lineNumber()).isEqualTo(1);
      assertThat(lines.hasNext()).isFalse();
    }
  }

  @Test
  void folder_gives_the_files_of_one_type_by_number() throws IOException {
    for (String name : List.of("Patient-10", "Patient-9", "Patient", "PatientX-1", "log")) {
      Files.writeString(folder.resolve(name + ".ndjson"), patient(name) + "\n");
    }
    Files.writeString(folder.resolve("Patient-1.ndjson.part"), "{");

    assertThat(ids(NdjsonReader.directory(folder, "Patient")))
        .containsExactly("Patient", "Patient-9", "Patient-10");
    assertThat(ids(NdjsonReader.directory(folder, "Group"))).isEmpty();
  }

  @Test
  void missing_files_are_refused_all_at_once_by_name() throws IOException {
    Path there = Files.createFile(folder.resolve("there.ndjson"));
    List<Path> files = List.of(folder.resolve("gone.ndjson"), there, folder);

    var error = catchThrowableOfType(InvalidInputException.class, () -> NdjsonReader.of(files));

    assertThat(error.violations()).hasSize(2);
    assertThat(error.getMessage()).contains("gone.ndjson").doesNotContain(folder + "/");
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> NdjsonReader.directory(gone, "Patient"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void only_one_type_is_read_where_files_mix_types() {
    String text =
        """
        {"resourceType":"Parameters","id":"header"}
        {"resourceType":"Patient","id":"a"}

        {"id":"b","contained":[{"resourceType":"Patient"}],"resourceType":"Observation"}
        {"id":"c","resourceType":"Patient"}
        """;

    try (var patients = reader(text).only("Patient").read(Patient.class)) {
      assertThat(patients.next().getIdPart()).isEqualTo("a");
      assertThat(patients.next().getIdPart()).isEqualTo("c");
      assertThat(patients.lineNumber()).isEqualTo(5);
      assertThat(patients.hasNext()).isFalse();
    }
    assertThat(ids(reader(text).only("Patient"))).containsExactly("a", "c");
    assertThat(ids(reader(text).only("Observation"))).containsExactly("b");
    assertThat(ids(reader(text).only("Group"))).isEmpty();
  }

  @Test
  void lines_that_state_no_type_are_errors_whichever_type_is_asked_for() {
    String text = "<html>\n{\"id\":\"b\"}\n" + "x".repeat(80) + "\n" + patient("d");
    for (boolean typed : List.of(true, false)) {
      NdjsonReader reader = reader(text).only("Patient").withMaxLineBytes(60);
      try (var lines = typed ? reader.read(Patient.class) : reader.raw()) {
        assertThatThrownBy(lines::next).hasMessageContaining("line 1 is not JSON");
        assertThatThrownBy(lines::next).hasMessageContaining("line 2 has no resourceType");
        assertThatThrownBy(lines::next).hasMessageContaining("line 3 is longer than 60 bytes");
        assertThat(lines.next()).isNotNull();
        assertThat(lines.hasNext()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void number_of_threads_out_of_range_is_refused(int threads) {
    NdjsonReader reader = reader("");
    assertThatThrownBy(() -> reader.withThreads(threads))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("threads");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
  void limit_out_of_range_is_refused(int limit) {
    NdjsonReader reader = reader("");
    assertThatThrownBy(() -> reader.withMaxLineBytes(limit))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("maxLineBytes");
  }

  @Test
  void end_closes_the_stream_and_so_does_closing() {
    AtomicInteger closed = new AtomicInteger();
    var lines = NdjsonReader.of("a", counting(patient("a"), closed)).raw();
    lines.next();
    assertThat(lines.hasNext()).isFalse();
    assertThat(closed).hasValue(1);
    lines.close();
    assertThat(closed).hasValue(1);

    var early = NdjsonReader.of("b", counting(patient("a") + "\n" + patient("b"), closed)).raw();
    early.next();
    early.close();
    assertThat(closed).hasValue(2);
    assertThat(early.hasNext()).isFalse();
    assertThatThrownBy(early::next).isInstanceOf(NoSuchElementException.class);

    var stream = NdjsonReader.of("c", counting(patient("a"), closed)).raw();
    try (var resources = stream.stream()) {
      assertThat(resources.limit(1)).hasSize(1);
    }
    assertThat(closed).hasValue(3);
  }

  @Test
  void stream_is_read_once() {
    NdjsonReader reader = reader(patient("a"));
    assertThat(ids(reader)).containsExactly("a");
    try (var again = reader.raw()) {
      assertThatThrownBy(again::hasNext).isInstanceOf(IllegalStateException.class);
    }
  }

  private static List<String> ids(NdjsonReader reader) {
    try (Stream<RawResource> resources = reader.raw().stream()) {
      return resources.map(raw -> raw.id().orElse("none")).toList();
    }
  }

  private static InputStream counting(String text, AtomicInteger closed) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Test
  void outcomes_are_read_without_a_model_and_other_types_are_named() {
    String outcome =
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\"}]}\n";

    try (NdjsonIterator<Outcome> outcomes =
        reader(outcome + patient("a") + "\n" + outcome).outcomes()) {
      assertThat(outcomes.next().issues().get(0).severity()).isEqualTo(IssueSeverity.WARNING);
      assertThatThrownBy(outcomes::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageEndingWith("line 2 holds no OperationOutcome");
      assertThat(outcomes.next().isFailure()).isFalse();
      assertThat(outcomes.hasNext()).isFalse();
    }
  }
}
