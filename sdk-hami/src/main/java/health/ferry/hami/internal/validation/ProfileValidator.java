package health.ferry.hami.internal.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.Finding;
import health.ferry.hami.internal.document.ResourceDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's validator with R4's definitions, profiles and code systems, and UCUM. Nothing is fetched:
 * codes of systems that are not there, LOINC and SNOMED CT among them, pass. Thread-safe.
 */
public final class ProfileValidator {

  private static final String MINIMUM = "Validation_VAL_Profile_Minimum";

  /** The one message whose place is not told by its location: it names the element first. */
  private static final Pattern MISSING =
      Pattern.compile("[A-Z][A-Za-z.\\[\\]:]*\\.([a-z][A-Za-z]*)(\\[x])?: minimum required = .*");

  private final FhirValidator validator;

  /** Sets the validator up; it reads its definitions at first use. */
  public ProfileValidator() {
    FhirContext context = FhirR4.shared().context();
    FhirInstanceValidator rules = new FhirInstanceValidator(definitions(context));
    rules.setAnyExtensionsAllowed(true);
    rules.setErrorForUnknownProfiles(false);
    this.validator = new FhirValidator(context).registerValidatorModule(rules);
  }

  private static ValidationSupportChain definitions(FhirContext context) {
    return new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context));
  }

  /**
   * What the validator calls an error, as warnings: HAMI may take it all the same. What it calls a
   * warning is its advice on good practice, or a code that nobody could look up.
   */
  public List<Finding> check(ResourceDocument document) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    messages(document).stream()
        .filter(message -> isError(message.getSeverity()))
        .map(message -> finding(message, document.type()))
        .forEach(finding -> findings.putIfAbsent(finding.toString(), finding));
    return List.copyOf(findings.values());
  }

  /** JSON of another form than FHIR's, such as a number for an object, can be too much for HAPI. */
  private List<SingleValidationMessage> messages(ResourceDocument document) {
    try {
      return validator.validateWithResult(ValidatorInput.of(document)).getMessages();
    } catch (RuntimeException | StackOverflowError gaveUp) {
      SingleValidationMessage message = new SingleValidationMessage();
      message.setSeverity(ResultSeverityEnum.ERROR);
      message.setLocationString(document.type());
      return List.of(message);
    }
  }

  private static boolean isError(ResultSeverityEnum severity) {
    return severity == ResultSeverityEnum.ERROR || severity == ResultSeverityEnum.FATAL;
  }

  private static Finding finding(SingleValidationMessage message, String documentType) {
    String path =
        ValidatorPath.of(Objects.requireNonNullElse(message.getLocationString(), ""), documentType);
    return Finding.of(
        Finding.Level.WARNING,
        path + missing(message.getMessageId(), message.getMessage()),
        ValidatorRule.of(message.getMessageId()));
  }

  private static String missing(@Nullable String name, @Nullable String text) {
    Matcher missing = MISSING.matcher(Objects.requireNonNullElse(text, ""));
    return MINIMUM.equals(name) && missing.matches() ? "." + missing.group(1) : "";
  }
}
