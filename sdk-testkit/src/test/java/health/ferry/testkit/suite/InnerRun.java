package health.ferry.testkit.suite;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test class within a test, unheard by the checks of the run around it. */
final class InnerRun {

  private InnerRun() {}

  /** The messages of what failed: tests and classes. */
  static List<String> failuresOf(Class<?> tests) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    Logger okHttp = Logger.getLogger("okhttp3.OkHttpClient");
    Handler[] handlers = okHttp.getHandlers();
    for (Handler handler : handlers) {
      okHttp.removeHandler(handler);
    }
    try {
      List<String> failures = new ArrayList<>();
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(tests))
              .build();
      LauncherFactory.create()
          .execute(
              request,
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  result
                      .getThrowable()
                      .ifPresent(thrown -> failures.add(String.valueOf(thrown.getMessage())));
                }
              });
      return failures;
    } finally {
      System.setOut(out);
      System.setErr(err);
      for (Handler handler : handlers) {
        okHttp.addHandler(handler);
      }
    }
  }
}
