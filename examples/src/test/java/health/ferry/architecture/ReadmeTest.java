package health.ferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what compiles and runs. */
class ReadmeTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final String VIRTUAL_THREADS = "newVirtualThreadPerTaskExecutor";

  private static final List<String> IMPORTS =
      List.of(
          "static org.junit.jupiter.api.Assertions.assertEquals",
          "health.ferry.bulkfhir.*",
          "health.ferry.core.*",
          "health.ferry.fhir.*",
          "health.ferry.hami.*",
          "health.ferry.pierflow.*",
          "health.ferry.testkit.*",
          "io.github.resilience4j.ratelimiter.RateLimiterRegistry",
          "io.github.resilience4j.retry.RetryRegistry",
          "java.net.InetSocketAddress",
          "java.net.Proxy",
          "java.nio.file.Path",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.util.List",
          "java.util.concurrent.*",
          "java.util.concurrent.atomic.LongAdder",
          "java.util.function.Function",
          "okhttp3.OkHttpClient",
          "org.hl7.fhir.r4.model.Bundle",
          "org.hl7.fhir.r4.model.Condition",
          "org.hl7.fhir.r4.model.Encounter",
          "org.hl7.fhir.r4.model.Observation",
          "org.hl7.fhir.r4.model.Patient",
          "org.hl7.fhir.r4.model.Resource",
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.extension.ExtendWith",
          "org.junit.jupiter.api.io.TempDir");

  @TempDir Path folder;

  @Test
  void begins_with_the_two_commands() throws IOException {
    assertThat(readme())
        .startsWith("# Ferry\n\n```sh\nmvn -q compile exec:java ")
        .containsPattern("\\A# Ferry\\n\\n```sh\\n[^\\n]*\\nmvn verify ");
  }

  @Test
  void shows_the_example_that_runs_in_fifteen_lines() throws IOException {
    String snippet = blocks().get(0);

    assertThat(snippet.lines()).hasSizeLessThanOrEqualTo(15);
    assertThat(example("BulkExportExample")).contains(withoutIndent(snippet));
  }

  @ParameterizedTest
  @CsvSource({"PatientBuilder, HamiIngestExample", "PatientOutcome, PierflowImportExample"})
  void shows_what_the_example_runs(String word, String example) throws IOException {
    String snippet =
        blocks().stream().filter(block -> block.contains(word)).findFirst().orElseThrow();

    assertThat(example(example)).contains(withoutIndent(snippet));
  }

  private static String example(String name) throws IOException {
    return withoutIndent(
        Files.readString(
            Checkout.ROOT.resolve(
                "examples/src/main/java/health/ferry/examples/" + name + ".java")));
  }

  @ParameterizedTest
  @MethodSource("blocksForEveryJdk")
  void shows_java_that_compiles(String block) {
    assertThat(compile(block)).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with JDK 21")
  void shows_virtual_threads_that_compile() throws IOException {
    List<String> blocks =
        blocks().stream().filter(block -> block.contains(VIRTUAL_THREADS)).toList();

    assertThat(blocks).hasSize(1);
    assertThat(compile(blocks.get(0))).isEmpty();
  }

  @Test
  void would_find_a_snippet_out_that_does_not_compile() {
    assertThat(compile("BulkFhirClient.fromEnv().exportEverything();"))
        .contains("exportEverything");
  }

  @Test
  void links_to_files_that_exist() throws IOException {
    List<String> links =
        Pattern.compile("]\\(([^)]+)\\)")
            .matcher(readme())
            .results()
            .map(link -> link.group(1))
            .toList();

    assertThat(links)
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Checkout.ROOT.resolve(link)).exists());
  }

  static List<String> blocksForEveryJdk() throws IOException {
    return blocks().stream().filter(block -> !block.contains(VIRTUAL_THREADS)).toList();
  }

  private static List<String> blocks() throws IOException {
    return JAVA_BLOCK.matcher(readme()).results().map(found -> found.group(1)).toList();
  }

  private static String readme() throws IOException {
    return Files.readString(Checkout.ROOT.resolve("README.md"));
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  /** A block holds a method, or statements of one. */
  private static String classOf(String block) {
    String imports = IMPORTS.stream().map("import %s;%n"::formatted).collect(Collectors.joining());
    String method =
        block.startsWith("static ") ? block : "void run() throws Exception {" + block + "}";
    return imports + "class Snippet {" + method + "}";
  }

  /** Compiles a block and returns what the compiler objects to. */
  private String compile(String block) {
    String source = classOf(block);
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    boolean compiles =
        compiler.getTask(output, null, null, options, null, Stream.of(file).toList()).call();
    return compiles ? "" : output.toString();
  }
}
