package org.example.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of one Ferry module each get, as Maven resolved it for the projects beside this. */
class ClassPathTest {

  private static final long MEGABYTE = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "core-user, 20, 10",
    "fhir-user, 40, 35",
    "bulkfhir-user, 45, 40",
    "hami-user, 45, 40",
    "pierflow-user, 45, 40"
  })
  void stays_small(String user, int maxJars, long maxMegabytes) throws IOException {
    List<Path> classPath = classPathOf(user);
    long bytes = 0;
    for (Path jar : classPath) {
      bytes += Files.size(jar);
    }
    System.out.printf("%s: %d jars, %.1f MB%n", user, classPath.size(), bytes / (double) MEGABYTE);

    assertThat(classPath).hasSizeBetween(10, maxJars);
    assertThat(bytes).isBetween(MEGABYTE, maxMegabytes * MEGABYTE);
  }

  @Test
  void of_the_core_has_the_releases_that_ferry_is_tested_with() throws IOException {
    assertThat(jarsOf("core-user"))
        .contains(
            "sdk-core-1.0.0-SNAPSHOT.jar",
            "okhttp-jvm-5.5.1.jar",
            "jackson-core-2.22.4.jar",
            "jackson-databind-2.22.4.jar",
            "slf4j-api-2.0.20.jar")
        .noneMatch(jar -> jar.startsWith("hapi-") || jar.startsWith("org.hl7."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fhir-user", "bulkfhir-user", "hami-user", "pierflow-user"})
  void of_fhir_has_the_releases_that_ferry_is_tested_with(String user) throws IOException {
    assertThat(jarsOf(user))
        .contains(
            "hapi-fhir-base-8.8.1.jar",
            "hapi-fhir-structures-r4-8.8.1.jar",
            "org.hl7.fhir.utilities-6.8.2.jar",
            "okhttp-jvm-5.5.1.jar",
            "jackson-core-2.22.4.jar",
            "jackson-databind-2.22.4.jar",
            "jackson-datatype-jsr310-2.22.4.jar",
            "slf4j-api-2.0.20.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"core-user", "fhir-user", "bulkfhir-user", "hami-user", "pierflow-user"})
  void has_the_one_kotlin_runtime_that_okhttp_asks_for(String user) throws IOException {
    assertThat(jarsOf(user))
        .filteredOn(jar -> jar.startsWith("kotlin-stdlib"))
        .containsExactly("kotlin-stdlib-2.1.21.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"core-user", "fhir-user", "bulkfhir-user", "hami-user", "pierflow-user"})
  void has_each_artifact_once_and_no_test_tool(String user) throws IOException {
    assertThat(jarsOf(user).stream().map(jar -> jar.replaceFirst("-\\d.*", "")))
        .doesNotHaveDuplicates()
        .doesNotContain("sdk-testkit", "wiremock", "junit-jupiter-api", "assertj-core");
  }

  /** The BOM manages Ferry's modules alone: the test tools here are this project's own choice. */
  @Test
  void the_bom_as_installed_names_ferry_alone() throws IOException {
    Path bom =
        classPathOf("core-user").stream()
            .filter(jar -> jar.getFileName().toString().startsWith("sdk-core"))
            .map(jar -> jar.resolve("../../../sdk-bom/1.0.0-SNAPSHOT/sdk-bom-1.0.0-SNAPSHOT.pom"))
            .findFirst()
            .orElseThrow()
            .normalize();

    assertThat(Files.readString(bom))
        .contains("<artifactId>sdk-bulkfhir</artifactId>", "<artifactId>sdk-hami</artifactId>")
        .contains("<artifactId>sdk-pierflow</artifactId>")
        .doesNotContain("<parent>", "jackson", "junit", "hapi");
  }

  private static List<String> jarsOf(String user) throws IOException {
    return classPathOf(user).stream().map(jar -> jar.getFileName().toString()).toList();
  }

  private static List<Path> classPathOf(String user) throws IOException {
    String entries = Files.readString(Path.of("..", user, "target", "class-path.txt")).strip();
    return Stream.of(entries.split(File.pathSeparator)).map(Path::of).toList();
  }
}
