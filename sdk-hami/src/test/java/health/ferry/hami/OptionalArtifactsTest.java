package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module on the class path of a user who has not added the validator. */
class OptionalArtifactsTest {

  private static final String OF_THE_VALIDATOR =
      "(hapi-fhir-(validation|converter|caching-caffeine|structures-r5)"
          + "|org\\.hl7\\.fhir\\.(validation|convertors|support|model|r5|r4b|dstu.*)"
          + "|icu4j|caffeine|ucum|Saxon-HE|sqlite-jdbc|plantuml.*|xpp3|thymeleaf|woodstox.*)-\\d.*";

  @Test
  void full_validation_names_every_artifact_that_is_missing() throws Exception {
    try (URLClassLoader user = without(OF_THE_VALIDATOR + "|hapi-fhir-validation-resources.*")) {
      Class<?> validation = user.loadClass("health.ferry.hami.ProfileValidation");

      assertThatThrownBy(() -> validation.getMethod("r4").invoke(null))
          .cause()
          .satisfies(
              error ->
                  assertThat(error.getClass().getName())
                      .isEqualTo("health.ferry.core.ConfigurationException"))
          .hasMessage(
              "HAMI configuration failed: validation: needs ca.uhn.hapi.fhir:hapi-fhir-caching-caffeine"
                  + " on the class path; validation: needs ca.uhn.hapi.fhir:hapi-fhir-validation"
                  + " on the class path; validation: needs"
                  + " ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4 on the class path;"
                  + " validation: needs com.ibm.icu:icu4j on the class path");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hapi-fhir-validation-\\d.*, ca.uhn.hapi.fhir:hapi-fhir-validation",
    "hapi-fhir-validation-resources-r4-.*, ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4",
    "hapi-fhir-caching-caffeine-.*, ca.uhn.hapi.fhir:hapi-fhir-caching-caffeine",
    "icu4j-.*, com.ibm.icu:icu4j"
  })
  void and_none_that_is_there(String jar, String artifact) throws Exception {
    try (URLClassLoader user = without(jar)) {
      Class<?> validation = user.loadClass("health.ferry.hami.ProfileValidation");

      assertThatThrownBy(() -> validation.getMethod("r4").invoke(null))
          .cause()
          .hasMessage(
              "HAMI configuration failed: validation: needs " + artifact + " on the class path");
    }
  }

  @Test
  void builders_and_preflight_do_without() throws Exception {
    try (URLClassLoader user = without(OF_THE_VALIDATOR + "|hapi-fhir-validation-resources.*")) {
      Class<?> builder = user.loadClass("health.ferry.hami.PatientBuilder");
      Object begun =
          builder
              .getMethod("builder", String.class, String.class)
              .invoke(null, "http://h.org/mrn", "7");
      Object patient = builder.getMethod("build").invoke(begun);
      Object report =
          user.loadClass("health.ferry.hami.Preflight")
              .getMethod("check", String.class)
              .invoke(null, SeedBundle.asDocumented().json());

      assertThat(patient.getClass().getClassLoader()).isSameAs(user);
      assertThat(report).hasToString("0 errors, 1 warnings");
    }
  }

  /** What this test runs with, but for the jars of some names; none of its classes are shared. */
  private static URLClassLoader without(String jars) throws MalformedURLException {
    List<String> whole = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    List<URL> urls = new ArrayList<>();
    for (String entry : whole) {
      if (!Path.of(entry).getFileName().toString().matches(jars)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    assertThat(urls).hasSizeLessThan(whole.size());
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
