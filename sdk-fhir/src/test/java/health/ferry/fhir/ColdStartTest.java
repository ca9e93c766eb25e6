package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.IntegrityException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads nothing typed does not pay for HAPI: not one of its classes is loaded. */
class ColdStartTest {

  @TempDir Path folder;

  @Test
  void untyped_use_loads_no_class_of_hapi() throws Exception {
    List<String> loaded = loadedBy(Untyped.class, "read Patient a, no outcome, an error");

    assertThat(loaded).anyMatch(line -> line.contains(FhirR4.class.getName() + " "));
    assertThat(loaded.stream().filter(ColdStartTest::isOfHapi)).isEmpty();
  }

  /** The other test could not fail if this one did not see the classes. */
  @Test
  void typed_use_loads_hapi() throws Exception {
    List<String> loaded = loadedBy(Typed.class, "read Patient/a");

    assertThat(loaded.stream().filter(ColdStartTest::isOfHapi).count()).isGreaterThan(500);
  }

  private List<String> loadedBy(Class<?> main, String output) throws Exception {
    Path log = folder.resolve("classes.log");
    ForkedJvm jvm = ForkedJvm.run(List.of("-Xlog:class+load:file=" + log), main);
    assertThat(jvm.output()).contains(output);
    assertThat(jvm.exitCode()).isZero();
    return Files.readAllLines(log);
  }

  private static boolean isOfHapi(String line) {
    return line.contains(" ca.uhn.") || line.contains(" org.hl7.fhir.");
  }

  private static NdjsonReader reader() {
    byte[] lines = (Ndjson.patient("a") + "\n{").getBytes(StandardCharsets.UTF_8);
    return NdjsonReader.of("a", new ByteArrayInputStream(lines)).withFhir(FhirR4.shared());
  }

  /** Runs in the other JVM: everything that needs no model, an error included. */
  static final class Untyped {
    private Untyped() {}

    public static void main(String[] args) {
      FhirCodec codec = FhirR4.shared().codec();
      try (var resources = reader().raw()) {
        RawResource raw = resources.next();
        String outcome = OperationOutcomes.read(raw.json()).isEmpty() ? "no outcome" : "outcome";
        String read = raw.resourceType().orElse("") + " " + raw.id().orElse("");
        System.out.print("read " + read + ", " + outcome + (codec == null ? "" : ", an "));
        resources.next();
      } catch (IntegrityException e) {
        System.out.println("error");
      }
    }
  }

  /** Runs in the other JVM. */
  static final class Typed {
    private Typed() {}

    public static void main(String[] args) {
      try (var patients = reader().read(Patient.class)) {
        System.out.println("read " + patients.next().getId());
      }
    }
  }
}
