package health.ferry.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user of sdk-core gets beside its own jar, as the build wrote it down. */
class ClassPathTest {

  private static final long MEBIBYTE = 1024L * 1024;

  @Test
  void holds_at_most_20_jars_and_10_megabytes() throws IOException {
    List<Path> jars = jars();
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }

    // Its own jar is the one that is missing here.
    assertThat(jars).hasSizeBetween(5, 19);
    assertThat(bytes).isBetween(2 * MEBIBYTE, 9 * MEBIBYTE);
  }

  @Test
  void has_each_artifact_once() throws IOException {
    assertThat(names().stream().map(jar -> jar.replaceFirst("-\\d.*", ""))).doesNotHaveDuplicates();
  }

  @Test
  void has_the_releases_that_were_chosen() throws IOException {
    assertThat(names())
        .contains(
            "okhttp-jvm-5.5.1.jar",
            "jackson-databind-2.22.4.jar",
            "resilience4j-retry-2.4.0.jar",
            "resilience4j-ratelimiter-2.4.0.jar",
            "slf4j-api-2.0.20.jar",
            "jspecify-1.0.1.jar")
        .noneMatch(jar -> jar.matches("(hapi|junit|assertj|wiremock|slf4j-simple).*"));
  }

  private static List<String> names() throws IOException {
    return jars().stream().map(jar -> jar.getFileName().toString()).toList();
  }

  private static List<Path> jars() throws IOException {
    String entries = Files.readString(Path.of("target", "runtime-class-path.txt")).strip();
    return Stream.of(entries.split(File.pathSeparator)).map(Path::of).toList();
  }
}
