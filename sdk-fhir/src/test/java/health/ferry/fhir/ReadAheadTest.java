package health.ferry.fhir;

import static health.ferry.fhir.Ndjson.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading on several threads gives what reading on one gives, in its order. */
class ReadAheadTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void order_is_that_of_the_files(int threads) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int file = 0; file < 4; file++) {
      Path path = folder.resolve("Patient-" + file + ".ndjson");
      files.add(Files.writeString(path, patients(file * 250, 250)));
    }
    List<String> expected = IntStream.range(0, 1000).mapToObj(String::valueOf).toList();

    NdjsonReader reader = NdjsonReader.of(files).withThreads(threads);
    for (int times = 0; times < 2; times++) {
      try (Stream<Patient> patients = reader.read(Patient.class).stream()) {
        assertThat(patients.map(Resource::getIdPart)).containsExactlyElementsOf(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void every_line_gives_the_same_resource_or_the_same_error_as_on_one_thread(int threads) {
    String text = mixed();
    List<String> expected = read(text, 1);

    assertThat(expected).hasSizeGreaterThan(600);
    assertThat(expected).anyMatch(line -> line.contains("line 7 is not FHIR R4: birthDate"));
    assertThat(expected).anyMatch(line -> line.contains("the end of the file is missing"));
    assertThat(read(text, threads)).isEqualTo(expected);
  }

  @Test
  void stream_that_fails_is_told_after_all_that_came_before() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream lost =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("lost");
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return read();
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    InputStream in = new SequenceInputStream(bytes(patients(0, 100)), lost);
    try (var patients = NdjsonReader.of("a", in).withThreads(2).read(Patient.class)) {
      for (int i = 0; i < 100; i++) {
        assertThat(patients.next().getIdPart()).isEqualTo(String.valueOf(i));
      }
      assertThatThrownBy(patients::hasNext)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("a cannot be read after line 100");
      assertThat(patients.hasNext()).isFalse();
      assertThat(closed).isTrue();
    }
  }

  @Test
  void small_file_starts_no_thread_and_a_larger_one_ends_them() throws Exception {
    Path small = Files.writeString(folder.resolve("small.ndjson"), patients(0, 64));
    try (var patients = NdjsonReader.of(small).withThreads(2).read(Patient.class)) {
      for (int i = 0; i < 64; i++) {
        patients.next();
      }
      assertThat(readingThreads()).isEmpty();
      assertThat(patients.hasNext()).isFalse();
    }
    var early = NdjsonReader.of("a", endless(new AtomicLong())).withThreads(2).read(Patient.class);
    for (int i = 0; i < 200; i++) {
      early.next();
    }
    List<Thread> threads = readingThreads();
    assertThat(threads).hasSize(2).allMatch(Thread::isDaemon);
    early.close();
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(early.hasNext()).isFalse();
  }

  @Test
  void no_more_is_read_ahead_than_a_few_batches() {
    AtomicLong taken = new AtomicLong();
    try (var patients = NdjsonReader.of("a", endless(taken)).withThreads(2).read(Patient.class)) {
      patients.next();
      int oneLine = patient("x").length() + 1;
      assertThat(taken.get()).isBetween(64L * oneLine, 4L * 64 * oneLine + 128 * 1024);
    }
  }

  @Test
  void long_lines_are_read_ahead_up_to_a_mebibyte() {
    AtomicLong taken = new AtomicLong();
    String line = patient("x").replace("}", ",\"language\":\"" + "y".repeat(400_000) + "\"}\n");
    InputStream in = counting(new RepeatedBytes(line, 1000), taken);
    try (var patients = NdjsonReader.of("a", in).withThreads(8).read(Patient.class)) {
      patients.next();
      assertThat(taken.get()).isBetween(400_000L, 2_500_000L);
    }
  }

  @Test
  void interrupt_ends_the_wait_for_a_worker() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    var lines = new NdjsonLines(List.of(source(patients(0, 200))).iterator(), 1000, null);
    LineDecoder<Long> stuck =
        line -> {
          try {
            never.await();
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
          return 0L;
        };
    try (var numbers =
        new NdjsonIterator<>(new ReadAhead<>(lines, NdjsonLine::lineNumber, () -> stuck, 2))) {
      for (long number = 1; number <= 64; number++) {
        assertThat(numbers.next()).isEqualTo(number);
      }
      Thread.currentThread().interrupt();
      assertThatThrownBy(numbers::hasNext).isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    for (Thread thread : readingThreads()) {
      thread.join(10_000);
    }
  }

  /** What the resources and errors of a text are, each with its place. */
  private static List<String> read(String text, int threads) {
    List<String> found = new ArrayList<>();
    NdjsonReader reader = Ndjson.reader(text).withThreads(threads).withMaxLineBytes(100_000);
    try (var resources = reader.read(Resource.class)) {
      while (resources.hasNext()) {
        try {
          found.add(FhirR4.shared().codec().encode(resources.next()));
        } catch (IntegrityException e) {
          found.add(e.getMessage());
        }
        found.add(resources.fileName() + " " + resources.lineNumber());
      }
    }
    return found;
  }

  private static String mixed() {
    FhirR4 fhir = FhirR4.shared();
    String filled = fhir.codec().encode(FilledResources.of(fhir.context(), "Group"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add("{\"resourceType\":\"Patient\",\"active\":true}");
      lines.add(filled);
      lines.add("{\"resourceType\":\"Patient\",\"birthDate\":\"2026-01-02\",\"name\":{}}");
      lines.add("");
      lines.add("x".repeat(100_001));
      lines.add("{\"resourceType\":\"Patient\",\"later\":{\"a\":1}}");
      lines.add("{\"resourceType\":\"Patient\",\"birthDate\":\"yesterday\"}");
      lines.add("{\"resourceType\":\"Patient\"");
      lines.add("{\"resourceType\":\"Nobody\"}");
      lines.add("<html>");
      lines.addAll(patients(i * 10, 10).lines().toList());
    }
    return String.join("\n", lines) + "\n{\"resourceType\":\"Patient\"";
  }

  private static String patients(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      text.append(patient(String.valueOf(i))).append('\n');
    }
    return text.toString();
  }

  private static NdjsonSource source(String text) {
    return new NdjsonSource("a", () -> bytes(text));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream endless(AtomicLong taken) {
    return counting(new RepeatedBytes(patient("x") + "\n", 1_000_000_000), taken);
  }

  private static InputStream counting(InputStream in, AtomicLong taken) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("read at once");
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int read = in.read(to, offset, length);
        taken.addAndGet(read);
        return read;
      }
    };
  }

  private static List<Thread> readingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ferry-read-ahead"))
        .toList();
  }
}
