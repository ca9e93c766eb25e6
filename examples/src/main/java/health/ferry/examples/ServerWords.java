package health.ferry.examples;

import health.ferry.core.Progress;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says of its progress, fit for a screen. */
final class ServerWords {

  private static final int LONGEST = 60;
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(\\.\\d+)? ?%");

  private ServerWords() {}

  /** One short line without control characters: S3 allows a hundred, some servers send more. */
  static String of(Progress progress) {
    String text = progress.text().orElse("").replaceAll("\\p{Cc}+", " ").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  static OptionalInt percent(Progress progress) {
    Matcher percent = PERCENT.matcher(of(progress));
    return percent.find() && Integer.parseInt(percent.group(1)) <= 100
        ? OptionalInt.of(Integer.parseInt(percent.group(1)))
        : OptionalInt.empty();
  }
}
