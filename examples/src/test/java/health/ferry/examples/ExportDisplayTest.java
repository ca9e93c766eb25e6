package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Progress;
import health.ferry.core.Progress.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An export as it moves, on a terminal and in a log. */
class ExportDisplayTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void bars_show_the_servers_percent_and_then_the_files_and_their_parts() {
    try (BarDisplay display = new BarDisplay(stream)) {
      display.onProgress(Progress.ofJob(Kind.STARTED, null));
      display.onProgress(Progress.ofJob(Kind.POLLED, "40% complete"));
      display.onProgress(Progress.ofJob(Kind.RESULT_KNOWN, null));
      display.onProgress(Progress.ofFile(Kind.FILE_BYTES, "Patient-1.ndjson", 2_000, 8_000));
      display.onProgress(Progress.ofFile(Kind.FILE_DONE, "Group-1.ndjson", 2_000, 2_000));
    }

    assertThat(shown().strip().split("\n", -1))
        .satisfiesExactly(
            server -> assertThat(last(server)).startsWith("Server").contains("100%"),
            files -> assertThat(last(files)).startsWith("Files").contains("62%", "1/2", "4.0 kB"));
  }

  @Test
  void a_bar_fits_on_a_narrow_terminal() {
    try (BarDisplay display = new BarDisplay(stream)) {
      display.onProgress(Progress.ofJob(Kind.STARTED, null));
      display.onProgress(Progress.ofJob(Kind.POLLED, "x".repeat(300)));
    }

    assertThat(shown().split("[\\r\\n]+", -1)).allMatch(line -> line.length() < 80);
  }

  @Test
  void lines_tell_news_once_and_no_bytes_in_between() {
    try (LineDisplay display = new LineDisplay(new Output(stream, stream, false))) {
      display.onProgress(Progress.ofJob(Kind.POLLED, "queued"));
      display.onProgress(Progress.ofJob(Kind.POLLED, null));
      display.onProgress(Progress.ofJob(Kind.POLLED, "queued"));
      display.onProgress(Progress.ofFile(Kind.FILE_BYTES, "Patient-1.ndjson", 1, 8));
      display.onProgress(Progress.ofFile(Kind.FILE_FAILED, "Patient-1.ndjson", 1, 8));
    }

    assertThat(shown().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(" queued", " Patient-1.ndjson failed");
  }

  @Test
  void a_servers_words_cannot_move_the_cursor_and_stay_short() {
    Progress progress = Progress.ofJob(Kind.POLLED, "\u001b[2J12.5 % of\r\n all " + "x".repeat(99));

    assertThat(ServerWords.of(progress)).hasSize(61).startsWith("[2J12.5 % of  all x");
    assertThat(ServerWords.percent(progress)).hasValue(12);
    assertThat(ServerWords.percent(Progress.ofJob(Kind.POLLED, "999%"))).isEmpty();
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String last(String overwritten) {
    return overwritten.substring(overwritten.lastIndexOf('\r') + 1);
  }
}
