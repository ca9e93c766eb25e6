package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user of sdk-fhir gets, as the build wrote it down. */
class ClassPathTest {

  private static final int MAX_JARS = 40;
  private static final long MAX_BYTES = 35L * 1024 * 1024;

  @Test
  void holds_at_most_40_jars_and_35_megabytes() throws IOException {
    List<Path> classPath = classPath();
    long bytes = 0;
    for (Path entry : classPath) {
      bytes += size(entry);
    }

    assertThat(classPath).hasSizeGreaterThan(20).hasSizeLessThanOrEqualTo(MAX_JARS);
    assertThat(bytes).isGreaterThan(10L * 1024 * 1024).isLessThanOrEqualTo(MAX_BYTES);
  }

  @Test
  void has_the_releases_that_work_together() throws IOException {
    assertThat(jars())
        .contains(
            "hapi-fhir-base-8.8.1.jar",
            "hapi-fhir-structures-r4-8.8.1.jar",
            // 6.7.9, which HAPI asks for, parses narratives ten times slower.
            "org.hl7.fhir.utilities-6.8.2.jar",
            "jackson-databind-2.22.4.jar",
            "jackson-core-2.22.4.jar",
            "jackson-datatype-jsr310-2.22.4.jar",
            "slf4j-api-2.0.20.jar");
  }

  @Test
  void has_each_artifact_once() throws IOException {
    assertThat(jars().stream().map(jar -> jar.replaceFirst("-\\d.*", ""))).doesNotHaveDuplicates();
  }

  @Test
  void leaves_out_what_json_does_not_need() throws IOException {
    assertThat(jars())
        .noneMatch(jar -> jar.matches("(jena|icu4j|Saxon|protobuf|libthrift|titanium|xml).*"));
  }

  private static List<String> jars() throws IOException {
    return classPath().stream().map(entry -> entry.getFileName().toString()).toList();
  }

  private static List<Path> classPath() throws IOException {
    String entries = Files.readString(Path.of("target", "runtime-class-path.txt")).strip();
    return Stream.of(entries.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Within the reactor, sdk-core may be a folder of classes. */
  private static long size(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
