package health.ferry.testkit.suite;

import health.ferry.testkit.Canary;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test when standard output or standard error, where log lines go, has shown a {@link
 * Canary} marker since the test before it. The text still reaches its stream; the failure names the
 * marker and never the line.
 */
public final class CanaryExtension
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(CanaryExtension.class);

  /** For JUnit. */
  public CanaryExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    watch(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context, "test");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    check(context, "class");
  }

  private static void check(ExtensionContext context, String scope) {
    Set<String> found = watch(context).takeFound();
    if (!found.isEmpty()) {
      throw new AssertionError(
          "%s %s wrote to standard output or error: %s"
              .formatted(scope, context.getDisplayName(), found));
    }
  }

  /**
   * The root store holds the tee, so that one is laid for the whole run and taken up at its end.
   */
  private static Tee watch(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Tee.class, key -> new Tee(), Tee.class);
  }

  /** Both streams with scanners before them. */
  private static final class Tee implements AutoCloseable {

    private final PrintStream plainOut = System.out;
    private final PrintStream plainErr = System.err;
    private final MarkerScanner outScanner = new MarkerScanner(plainOut, Canary.markers());
    private final MarkerScanner errScanner = new MarkerScanner(plainErr, Canary.markers());
    private final PrintStream out = new PrintStream(outScanner, true, Charset.defaultCharset());
    private final PrintStream err = new PrintStream(errScanner, true, Charset.defaultCharset());

    Tee() {
      System.setOut(out);
      System.setErr(err);
    }

    Set<String> takeFound() {
      out.flush();
      err.flush();
      Set<String> found = new TreeSet<>(outScanner.takeFound());
      found.addAll(errScanner.takeFound());
      return found;
    }

    /** Leaves a stream alone that somebody else has replaced since. */
    @Override
    public void close() {
      if (System.out == out) {
        System.setOut(plainOut);
      }
      if (System.err == err) {
        System.setErr(plainErr);
      }
    }
  }
}
