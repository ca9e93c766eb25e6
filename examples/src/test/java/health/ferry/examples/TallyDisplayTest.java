package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Counted work as it moves, on a terminal and in a log. */
class TallyDisplayTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void a_bar_shows_how_many_of_all_and_the_note_and_follows_when_they_become_more() {
    try (TallyBar bar = new TallyBar(stream, "patients")) {
      bar.show(new Tally(1, 2, "first"));
      bar.show(new Tally(3, 4, "last"));
    }

    String shown = bytes.toString(StandardCharsets.UTF_8).stripTrailing();
    assertThat(shown.substring(shown.lastIndexOf('\r') + 1))
        .startsWith("Patients")
        .contains("75%", "3/4", "last");
  }

  @Test
  void lines_tell_about_every_tenth_part() {
    try (TallyLines lines = new TallyLines(new Output(stream, stream, false), "patients")) {
      for (int done = 0; done <= 250; done++) {
        lines.show(new Tally(done, 250, done == 250 ? "1 failed" : ""));
      }
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(11)
        .startsWith("  0 of 250 patients", "  25 of 250 patients")
        .endsWith("  250 of 250 patients, 1 failed");
  }

  @Test
  void nothing_to_do_is_a_line_too() {
    try (TallyLines lines = new TallyLines(new Output(stream, stream, false), "patients")) {
      lines.show(new Tally(0, 0, ""));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo("0 of 0 patients");
  }
}
