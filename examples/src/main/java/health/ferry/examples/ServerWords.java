package health.ferry.examples;

import health.ferry.core.Progress;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says, fit for a screen. */
final class ServerWords {

  private static final int LONGEST = 60;
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(\\.\\d+)? ?%");

  private ServerWords() {}

  /** One short line without control characters: S3 allows a hundred, some servers send more. */
  static String of(Progress progress) {
    String text = onOneLine(progress.text().orElse(""));
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** Without what could move a terminal's cursor or turn its letters. */
  static String onOneLine(String words) {
    return words.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  static OptionalInt percent(Progress progress) {
    Matcher percent = PERCENT.matcher(of(progress));
    return percent.find() && Integer.parseInt(percent.group(1)) <= 100
        ? OptionalInt.of(Integer.parseInt(percent.group(1)))
        : OptionalInt.empty();
  }
}
