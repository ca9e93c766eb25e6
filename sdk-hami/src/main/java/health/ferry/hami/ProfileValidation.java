package health.ferry.hami;

import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.validation.ProfileValidator;
import health.ferry.hami.internal.validation.ValidatorArtifacts;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Full validation against FHIR R4's definitions and vital-sign profiles, by HAPI's validator. The
 * seed advises it ("Validation"); {@link Preflight} does without, and is a hundred times faster.
 *
 * <p>Needs four artifacts that Ferry does not bring along: {@code hapi-fhir-validation}, {@code
 * hapi-fhir-validation-resources-r4} and {@code hapi-fhir-caching-caffeine} of {@code
 * ca.uhn.hapi.fhir}, in the release of Ferry's HAPI, and {@code com.ibm.icu:icu4j}. With what they
 * need they are 43 jars of 114 MB, and the first check takes seconds.
 *
 * <p>Works offline. Codes are checked where R4 brings their code system, and units against UCUM;
 * codes of LOINC, SNOMED CT and every other system pass, and so do profiles and extensions that R4
 * does not have. A vital sign is held against its profile whether it declares it or not.
 *
 * <p>All findings are warnings: HAMI may take what breaks a profile. They name the place and the
 * rule, never the validator's own text, which quotes values. Immutable and thread-safe.
 */
public final class ProfileValidation {

  private final Function<ResourceDocument, List<Finding>> validator;

  private ProfileValidation(Function<ResourceDocument, List<Finding>> validator) {
    this.validator = validator;
  }

  /**
   * A validation against R4. Make one and keep it: each reads the definitions anew.
   *
   * @return the validation
   * @throws ConfigurationException when an artifact is missing, naming all that are
   */
  public static ProfileValidation r4() {
    ValidatorArtifacts.require();
    return new ProfileValidation(new ProfileValidator()::check);
  }

  /**
   * Checks a bundle as it would be written.
   *
   * @param bundle the bundle; stays as it is
   * @return all findings
   * @throws InvalidInputException when the model cannot be written as JSON at all
   */
  public List<Finding> check(Bundle bundle) {
    return check(FhirR4.shared().codec().encode(Objects.requireNonNull(bundle, "bundle")));
  }

  /**
   * Checks a bundle, or a resource that stands alone.
   *
   * @param json the JSON, or anything else, which gives an error
   * @return all findings
   */
  public List<Finding> check(String json) {
    Objects.requireNonNull(json, "json");
    try {
      return validator.apply(ResourceDocument.of(json, FhirR4.shared()));
    } catch (MalformedDocumentException malformed) {
      return List.of(Finding.of(Finding.Level.ERROR, "json", malformed.problem()));
    }
  }
}
