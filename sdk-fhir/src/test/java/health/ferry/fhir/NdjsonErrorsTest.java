package health.ferry.fhir;

import static health.ferry.fhir.Ndjson.patient;
import static health.ferry.fhir.Ndjson.reader;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import health.ferry.core.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line that cannot be taken is an error that names file and line, raw and typed alike. */
class NdjsonErrorsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<html><body>Gateway</body></html> | is not JSON",
        "not json | is not JSON",
        "[{\"resourceType\":\"Patient\"}] | is JSON but not an object",
        "\"text\" | is JSON but not an object",
        "5 | is JSON but not an object",
        "{\"resourceType\":\"Patient\",,} | is not JSON",
        "{\"resourceType\":\"Patient\"}{\"resourceType\":\"Patient\"} | goes on after its JSON object",
        "{\"resourceType\":\"Patient\"}} | is not JSON",
        "{\"resourceType\":\"Patient\",\"id\":\"a\" | each line must hold one whole resource",
      })
  void broken_line_names_file_line_and_problem(String line, String problem) {
    String text = patient("a") + "\n\n" + line + "\n" + patient("z") + "\n";
    for (var lines : List.of(reader(text).raw(), reader(text).read(Patient.class))) {
      lines.next();
      assertThatThrownBy(lines::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageStartingWith("FHIR read failed: Patient-1.ndjson line 3 ")
          .hasMessageContaining(problem);
      // The next line is not lost to its neighbour's fault.
      assertThat(lines.next()).isNotNull();
      assertThat(lines.hasNext()).isFalse();
    }
  }

  @Test
  void broken_place_is_named() {
    try (var lines = reader("{\"resourceType\":\"Patient\",\"id\":nil}").raw()) {
      assertThatThrownBy(lines::next).hasMessageContaining("(column 32)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"x\"}", "{", "{\"id\":\"a"})
  void cut_off_last_line_says_that_the_file_is_unfinished(String rest) {
    try (var lines = reader(patient("a") + "\n" + rest).raw()) {
      lines.next();
      assertThatThrownBy(lines::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("Patient-1.ndjson line 2 ends in the middle of a JSON object")
          .hasMessageContaining("the end of the file is missing");
    }
  }

  @Test
  void cut_off_last_line_is_refused_in_typed_reading() {
    String text = patient("a") + "\n{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"x\"}";
    try (var lines = reader(text).read(Patient.class)) {
      lines.next();
      assertThatThrownBy(lines::next).hasMessageContaining("the end of the file is missing");
    }
  }

  @Test
  void another_type_is_refused_and_named_if_fhir_knows_it() {
    String text =
        """
        {"resourceType":"OperationOutcome","issue":[]}
        {"id":"a"}
        {"resourceType":"Zanzibrook"}
        """;
    try (var lines = reader(text).read(Patient.class)) {
      assertThatThrownBy(lines::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("line 1 was read as Patient and holds OperationOutcome");
      assertThatThrownBy(lines::next).hasMessageContaining("line 2 has no resourceType");
      assertThatThrownBy(lines::next).hasMessageContaining("line 3 was read as Patient and holds");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resourceType", "id"})
  void two_types_or_ids_are_refused(String name) {
    String line = "{\"" + name + "\":\"Patient\",\"" + name + "\":\"Group\"}";
    try (var lines = reader(line).raw()) {
      assertThatThrownBy(lines::next).hasMessageContaining("line 1 has more than one " + name);
    }
  }

  @Test
  void value_that_the_model_cannot_hold_names_the_element() {
    String line = "{\"resourceType\":\"Patient\",\"birthDate\":\"Zanzibrook\"}";
    try (var lines = reader(line).read(Patient.class)) {
      assertThatThrownBy(lines::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("line 1 is not FHIR R4: birthDate has a value that FHIR");
    }
  }

  @Test
  void other_encodings_are_refused() {
    for (var encoding : List.of(UTF_16LE, UTF_16BE)) {
      try (var lines = reader(patient("a").getBytes(encoding)).raw()) {
        assertThatThrownBy(lines::next).hasMessageContaining("is not JSON in UTF-8");
      }
    }
    byte[] latin = "{\"resourceType\":\"Patient\",\"id\":\"\u00e4x\"}".getBytes(ISO_8859_1);
    try (var lines = reader(latin).raw()) {
      assertThatThrownBy(lines::next).isInstanceOf(IntegrityException.class);
    }
    byte[] name =
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\u00e4x\"}]}".getBytes(ISO_8859_1);
    for (var lines : List.of(reader(name).raw(), reader(name).read(Patient.class))) {
      assertThatThrownBy(lines::next).isInstanceOf(IntegrityException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void line_at_the_limit_is_read_and_one_byte_more_is_refused(boolean terminated) {
    String fits = patient("a");
    String end = terminated ? "\n" + patient("b") + "\n" : "";
    int limit = fits.length();
    try (var lines = reader(fits + end).withMaxLineBytes(limit).raw()) {
      assertThat(lines.next().json()).isEqualTo(fits);
    }
    try (var lines = reader(fits + " " + end).withMaxLineBytes(limit).raw()) {
      assertThatThrownBy(lines::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("Patient-1.ndjson line 1 is longer than " + limit + " bytes");
      assertThat(lines.hasNext()).isEqualTo(terminated);
      if (terminated) {
        assertThat(lines.next().lineNumber()).isEqualTo(2);
      }
    }
  }

  @Test
  void file_that_vanishes_is_an_error_without_its_path() throws IOException {
    Path file = Files.writeString(folder.resolve("Patient-1.ndjson"), patient("a"));
    NdjsonReader reader = NdjsonReader.of(file);
    Files.delete(file);

    try (var lines = reader.raw()) {
      assertThatThrownBy(lines::hasNext)
          .isInstanceOf(IntegrityException.class)
          .hasMessage("FHIR read failed: Patient-1.ndjson cannot be read after line 0")
          .rootCause()
          .hasMessage("java.nio.file.NoSuchFileException");
      assertThat(lines.hasNext()).isFalse();
    }
  }

  @Test
  void interrupted_stream_is_cancelled_and_its_thread_stays_interrupted() {
    InputStream in =
        failing(
            () -> {
              Thread.currentThread().interrupt();
              throw new InterruptedIOException();
            });
    try (var lines = NdjsonReader.of("a", in).raw()) {
      assertThatThrownBy(lines::hasNext).isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void replacement_characters_that_were_sent_are_no_error() {
    String line = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\uFFFD\"}]}";
    try (var lines = reader(line).read(Patient.class)) {
      assertThat(lines.next().getNameFirstRep().getFamily()).isEqualTo("\uFFFD");
    }
  }

  @Test
  void error_of_the_connection_below_is_handed_on() {
    var lost =
        new TransportException(
            CallInfo.of("Bulk FHIR", "download"),
            TransportException.Phase.BODY,
            false,
            "the connection was lost",
            null);
    InputStream in =
        failing(
            () -> {
              throw lost;
            });
    try (var lines = NdjsonReader.of("a", in).raw()) {
      assertThatThrownBy(lines::hasNext).isSameAs(lost);
    }
  }

  private static InputStream failing(Callable<Integer> read) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          return read.call();
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return read();
      }
    };
  }
}
