package health.ferry.examples;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a run writes. With {@code --json} standard output has the result alone, as its last line,
 * and all that people read goes to standard error. Thread-safe.
 */
final class Output {

  static {
    // JDK 22 to 24 have otherwise a console also where output goes to a file.
    System.setProperty("jdk.console", "java.base");
  }

  private final PrintStream results;
  private final PrintStream people;
  private final PrintStream errors;
  private final boolean json;

  Output(PrintStream out, PrintStream err, boolean json) {
    this.results = out;
    this.people = json ? err : out;
    this.errors = err;
    this.json = json;
  }

  /** Whether someone looks at it as it is written, on a screen that can be written over. */
  @SuppressWarnings("SystemConsoleNull") // Null again, by the property above.
  boolean isTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  PrintStream stream() {
    return people;
  }

  PrintWriter people() {
    return writer(people);
  }

  PrintWriter errors() {
    return writer(errors);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  void line(String text) {
    people.println(text);
    people.flush();
  }

  void result(Report report) {
    if (report.status() == ExitStatus.COMPLETE) {
      line(report.message());
    } else {
      errors.println("ferry: " + report.message());
      errors.flush();
    }
    if (json) {
      results.println(report.json());
      results.flush();
    }
  }
}
