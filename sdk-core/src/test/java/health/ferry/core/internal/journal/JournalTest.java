package health.ferry.core.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal");
  }

  private void append(String... entries) throws IOException {
    try (Journal journal = Journal.open(file, entry -> {})) {
      for (String entry : entries) {
        journal.append(entry);
      }
    }
  }

  private List<String> found() throws IOException {
    List<String> found = new ArrayList<>();
    Journal.open(file, found::add).close();
    return found;
  }

  @Test
  void entries_are_found_again_in_the_order_of_their_writing() throws IOException {
    append("started a", "done a");
    append("started ü");

    assertThat(found()).containsExactly("started a", "done a", "started ü");
  }

  @Test
  void wherever_the_file_ends_what_is_whole_is_found_and_the_rest_is_written_anew()
      throws IOException {
    append("first", "second");
    byte[] whole = Files.readAllBytes(file);
    int second = whole.length / 2;
    for (int length = second + 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(found()).as("cut after %d bytes", length).hasSize(1);
      append("second");
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void a_last_line_whose_bytes_never_arrived_is_torn_too() throws IOException {
    append("first");
    byte[] whole = Files.readAllBytes(file);
    byte[] zeros = Arrays.copyOf(whole, whole.length + 5);
    zeros[zeros.length - 1] = '\n';
    Files.write(file, zeros);

    assertThat(found()).containsExactly("first");
  }

  @Test
  void a_wrong_line_before_the_last_is_damage() throws IOException {
    append("first", "second", "third");
    byte[] bytes = Files.readAllBytes(file);
    bytes[12] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::found)
        .isInstanceOf(DamagedJournalException.class)
        .hasMessage("line 1 of the journal is damaged");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"resourceType\":\"Patient\"}\n", "id,name\n", "0123456789\n"})
  void a_file_that_is_something_else_is_refused_and_left_as_it_is(String text) throws IOException {
    Files.writeString(file, text);

    assertThatThrownBy(this::found).isInstanceOf(DamagedJournalException.class);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void an_entry_is_one_line() throws IOException {
    try (Journal journal = Journal.open(file, entry -> {})) {
      assertThatThrownBy(() -> journal.append("two\nlines"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void while_it_is_open_it_is_open_to_nobody_else() throws IOException {
    Journal mine = Journal.open(file, entry -> {});
    Path another = Files.createSymbolicLink(folder.resolve("another"), file);

    assertThatThrownBy(this::found).isInstanceOf(JournalInUseException.class);
    assertThatThrownBy(() -> Journal.open(another, entry -> {}))
        .isInstanceOf(JournalInUseException.class);
    mine.append("mine alone");
    mine.close();

    assertThat(found()).containsExactly("mine alone");
  }

  @Test
  void another_process_is_kept_out_even_after_somebody_here_was_turned_away() throws Exception {
    try (Journal mine = Journal.open(file, entry -> {})) {
      assertThatThrownBy(this::found).isInstanceOf(JournalInUseException.class);

      assertThat(openedElsewhere()).isEqualTo("in use");
    }
    assertThat(openedElsewhere()).isEqualTo("opened");
  }

  /** What another JVM gets that opens the journal. */
  private String openedElsewhere() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpenJournal.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  /** Opens a journal in a JVM of its own. */
  static final class OpenJournal {
    public static void main(String[] args) throws IOException {
      try {
        Journal.open(Path.of(args[0]), entry -> {}).close();
        System.out.println("opened");
      } catch (JournalInUseException inUse) {
        System.out.println("in use");
      }
    }
  }

  @Test
  void an_interrupted_thread_still_writes_what_it_knows() throws IOException {
    try (Journal journal = Journal.open(file, entry -> {})) {
      Thread.currentThread().interrupt();
      journal.append("known");
      assertThat(Thread.interrupted()).isTrue();
      journal.append("more");
    }
    assertThat(found()).containsExactly("known", "more");
  }

  @Test
  void whoever_cannot_make_sense_of_an_entry_leaves_it_closed() throws IOException {
    append("strange");
    assertThatThrownBy(
            () ->
                Journal.open(
                    file,
                    entry -> {
                      throw new IOException(entry);
                    }))
        .hasMessage("strange");

    assertThat(found()).containsExactly("strange");
  }
}
