package health.ferry.hami.internal.validation;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Map;

/** What full validation needs on the class path beside Ferry's own dependencies. */
public final class ValidatorArtifacts {

  /** By a file of each, so that no class of theirs is loaded. */
  private static final Map<String, String> FILES =
      Map.of(
          "org/hl7/fhir/common/hapi/validation/validator/FhirInstanceValidator.class",
          "ca.uhn.hapi.fhir:hapi-fhir-validation",
          "org/hl7/fhir/r4/model/profile/profiles-resources.xml",
          "ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4",
          "ca/uhn/fhir/sl/cache/caffeine/CacheProvider.class",
          "ca.uhn.hapi.fhir:hapi-fhir-caching-caffeine",
          "com/ibm/icu/text/PluralRules.class",
          "com.ibm.icu:icu4j");

  private ValidatorArtifacts() {}

  /**
   * Looks for each of them.
   *
   * @throws ConfigurationException with all that are missing
   */
  public static void require() {
    ClassLoader loader = ValidatorArtifacts.class.getClassLoader();
    List<Violation> missing =
        FILES.entrySet().stream()
            .filter(artifact -> loader.getResource(artifact.getKey()) == null)
            .map(Map.Entry::getValue)
            .sorted()
            .map(name -> new Violation("validation", "needs " + name + " on the class path"))
            .toList();
    if (!missing.isEmpty()) {
      throw new ConfigurationException(CallInfo.of("HAMI", "configuration"), missing);
    }
  }
}
