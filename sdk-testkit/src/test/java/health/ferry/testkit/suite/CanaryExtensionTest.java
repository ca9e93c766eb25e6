package health.ferry.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The canary extension, seen from a run of its own. */
class CanaryExtensionTest {

  @Test
  void fails_the_test_that_prints_a_marker() {
    List<String> failures = InnerRun.failuresOf(Prints.class);
    assertThat(failures).hasSize(2);
    assertThat(failures).anyMatch(message -> message.contains("patient family name"));
    assertThat(failures).anyMatch(message -> message.contains("secret, token or signature"));
    assertThat(failures).noneMatch(message -> message.contains(Canary.FAMILY));
    assertThat(failures).noneMatch(message -> message.contains(Canary.SECRET));
  }

  @Test
  void fails_the_test_that_logs_a_marker() {
    assertThat(InnerRun.failuresOf(Logs.class)).singleElement().asString().contains("family name");
  }

  @Test
  void puts_the_streams_back_after_the_run() {
    PrintStream before = System.out;
    assertThat(InnerRun.failuresOf(Quiet.class)).isEmpty();
    assertThat(System.out).isSameAs(before);
  }

  @Test
  void finds_a_marker_that_is_split_over_two_writes_and_passes_it_on() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    MarkerScanner scanner =
        new MarkerScanner(new PrintStream(target, true, StandardCharsets.UTF_8), Canary.markers());
    byte[] text = ("x".repeat(5000) + Canary.FAMILY + "y").getBytes(StandardCharsets.UTF_8);
    scanner.write(text, 0, 5003);
    assertThat(scanner.takeFound()).isEmpty();
    scanner.write(text, 5003, text.length - 5003);
    assertThat(scanner.takeFound()).containsExactly("patient family name (Canary.FAMILY)");
    assertThat(scanner.takeFound()).isEmpty();
    assertThat(target.toByteArray()).isEqualTo(text);
  }

  static class Prints {
    @Test
    void a_name_on_standard_output() {
      System.out.println("patient " + Canary.FAMILY + "-Elm");
    }

    @Test
    void a_secret_on_standard_error() {
      System.err.println("token " + Canary.SECRET + "-1");
    }

    @Test
    void nothing() {
      System.out.println("patient 17");
    }
  }

  static class Logs {
    @Test
    void a_name_at_trace() {
      LoggerFactory.getLogger("health.ferry.inner").trace("patient {}", Canary.FAMILY);
    }
  }

  static class Quiet {
    @Test
    void nothing() {
      System.out.println("quiet");
    }
  }
}
