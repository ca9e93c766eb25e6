package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text and however it arrives, the lines are those of BufferedReader. */
class LineScannerTest {

  private static final String[] PIECES = {"\n", "\r", "\r\n", "a", "bc", "ä", "漢", "\t", " "};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096})
  void lines_do_not_depend_on_how_bytes_arrive(int atOnce) throws IOException {
    Random random = new Random(atOnce);
    for (int round = 0; round < 500; round++) {
      String text = text(random, 40);
      assertThat(scan(text, atOnce, 1000)).isEqualTo(expected(text, 1000));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void long_lines_are_told_apart_and_cost_no_other(int limit) throws IOException {
    Random random = new Random(limit);
    for (int round = 0; round < 500; round++) {
      String text = text(random, 30);
      assertThat(scan(text, 2, limit)).isEqualTo(expected(text, limit));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {131_071, 131_072, 131_073, 300_000, 1_000_000})
  void lines_may_be_longer_than_the_window(int length) throws IOException {
    String text = "x".repeat(length) + "\r\n" + "y".repeat(length) + "\n" + "z".repeat(length);

    assertThat(scan(text, 8192, 2_000_000)).isEqualTo(expected(text, 2_000_000));
    assertThat(scan(text, 8192, length)).isEqualTo(expected(text, length));
    assertThat(scan(text, 8192, length - 1)).containsExactly("too long", "too long", "too long");
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static List<String> expected(String text, int limit) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = new BufferedReader(new StringReader(text));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      boolean fits = line.getBytes(StandardCharsets.UTF_8).length <= limit;
      lines.add(fits ? line : "too long");
    }
    return lines;
  }

  private static List<String> scan(String text, int atOnce, int limit) throws IOException {
    List<String> lines = new ArrayList<>();
    InputStream in =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, atOnce));
          }
        };
    try (LineScanner scanner = new LineScanner(in, limit)) {
      while (scanner.advance()) {
        String line =
            new String(
                scanner.buffer(), scanner.offset(), scanner.length(), StandardCharsets.UTF_8);
        lines.add(scanner.isTooLong() ? "too long" : line);
        assertThat(scanner.lineNumber()).isEqualTo(lines.size());
      }
    }
    return lines;
  }
}
