package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who only downloads does not pay for HAPI. */
class LazyFhirContextTest extends SandboxTest {

  private static final String CONTEXT = " ca.uhn.fhir.context.FhirContext ";

  /** The classes that another JVM loads for an export. */
  private List<String> loadedBy(String... more) throws Exception {
    Path log = folder.resolve("classes.log");
    List<String> args =
        new ArrayList<>(
            List.of(partner.baseUrl(), partner.staticToken(), out().toString(), "Patient"));
    args.addAll(List.of(more));
    try (ForkedJvm jvm =
        ForkedJvm.start(
            List.of("-Xlog:class+load:file=" + log),
            ExportMain.class,
            args.toArray(String[]::new))) {
      assertThat(jvm.awaitSuccess()).contains("complete 1 false");
      assertThat(jvm.output().contains("typed Patient")).isEqualTo(more.length > 0);
    }
    return Files.readAllLines(log);
  }

  @Test
  void an_export_that_nobody_reads_typed_loads_no_class_of_hapi() throws Exception {
    List<String> loaded = loadedBy();

    assertThat(loaded).anyMatch(line -> line.contains(" " + ExportResult.class.getName() + " "));
    assertThat(loaded)
        .noneMatch(line -> line.contains(" ca.uhn.") || line.contains(" org.hl7.fhir."));
  }

  /** The other test could not fail if this one did not see the class. */
  @Test
  void one_that_is_read_typed_does() throws Exception {
    assertThat(loadedBy("typed")).anyMatch(line -> line.contains(CONTEXT));
  }
}
