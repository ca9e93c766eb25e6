package health.ferry.core.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal");
  }

  private void append(String... entries) throws IOException {
    try (Journal journal = Journal.open(file)) {
      for (String entry : entries) {
        journal.append(entry);
      }
    }
  }

  private List<String> found() throws IOException {
    try (Journal journal = Journal.open(file)) {
      return journal.found();
    }
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

  @Test
  void an_entry_is_one_line() throws IOException {
    try (Journal journal = Journal.open(file)) {
      assertThatThrownBy(() -> journal.append("two\nlines"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(found()).isEmpty();
  }
}
