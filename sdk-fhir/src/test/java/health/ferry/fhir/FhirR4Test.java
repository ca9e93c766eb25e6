package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.model.api.IFhirVersion;
import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import health.ferry.core.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class FhirR4Test {

  @Test
  void every_thread_shares_one_context_and_its_models() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<FhirContext> use =
          () -> {
            FhirR4.shared().warm();
            return FhirR4.shared().context();
          };
      List<Future<FhirContext>> contexts = threads.invokeAll(List.of(use, use, use, use, use, use));
      for (Future<FhirContext> context : contexts) {
        assertThat(context.get()).isSameAs(FhirR4.shared().context());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void callers_context_is_used_and_left_as_it_is() {
    FhirContext own = FhirContext.forR4();
    own.setParserErrorHandler(new StrictErrorHandler());
    FhirR4 fhir = FhirR4.using(own);

    String json = "{\"resourceType\":\"Patient\",\"id\":\"a\",\"shoeSize\":46}";
    Patient patient = fhir.codec().parse(Patient.class, json);
    try (var patients = Ndjson.reader(json).withFhir(fhir).read(Patient.class)) {
      assertThat(patients.next().equalsDeep(patient)).isTrue();
    }

    assertThat(fhir.context()).isSameAs(own).isNotSameAs(FhirR4.shared().context());
    IParser strict = own.newJsonParser();
    assertThatThrownBy(() -> strict.parseResource(json)).isInstanceOf(DataFormatException.class);
  }

  @Test
  void applications_own_models_keep_their_fields() {
    FhirContext own = FhirContext.forR4();
    FhirCodec codec = FhirR4.using(own).codec();
    String json =
        "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[\"http://example.org/owner\"]},"
            + "\"extension\":[{\"url\":\"http://example.org/pet\",\"valueString\":\"cat\"}]}";

    assertThat(codec.parse(Owner.class, json).pet.getValue()).isEqualTo("cat");
    assertThat(codec.parse(json)).isExactlyInstanceOf(Patient.class);

    own.setDefaultTypeForProfile("http://example.org/owner", Owner.class);
    assertThat(codec.parse(json)).isInstanceOf(Owner.class);
  }

  /** A model of an application, with an extension in a field. */
  @ResourceDef(name = "Patient", profile = "http://example.org/owner")
  public static final class Owner extends Patient {
    private static final long serialVersionUID = 1L;

    @Child(name = "pet")
    @Extension(url = "http://example.org/pet", definedLocally = false, isModifier = false)
    private StringType pet = new StringType();

    /** For HAPI. */
    public Owner() {}
  }

  @Test
  void context_of_another_version_is_refused() {
    // The models of other releases are not on the class path, so this one only says it is of R5.
    IFhirVersion version =
        (IFhirVersion)
            Proxy.newProxyInstance(
                IFhirVersion.class.getClassLoader(),
                new Class<?>[] {IFhirVersion.class},
                (proxy, method, arguments) -> FhirVersionEnum.R5);
    FhirContext r5 =
        new FhirContext(FhirVersionEnum.R4) {
          @Override
          public IFhirVersion getVersion() {
            return version;
          }
        };

    assertThatThrownBy(() -> FhirR4.using(r5))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("fhirContext");
  }
}
