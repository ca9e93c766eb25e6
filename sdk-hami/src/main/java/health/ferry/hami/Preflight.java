package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.dates.DateRepair;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.preflight.BundlePreflight;
import health.ferry.hami.internal.preflight.PatientRule;
import health.ferry.hami.internal.vitals.VitalSignRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Looks through a transaction bundle as HAMI would, before anything is sent, and repairs its dates.
 *
 * <p>Errors are what HAMI's documentation rules out: the bundle's type and size, the entries' full
 * URLs and requests, resource types, references that lead nowhere, dates other than whole seconds
 * in UTC, and what R4 requires of a resource. Warnings are what HAMI may take: references to what
 * it should have already, to other servers, and by search; dates without a time; elements that are
 * empty or unknown; a Patient without what HAMI asks for; a vital sign beside HAMI's table or R4's
 * profile; a bundle without a Patient or without anything clinical. The rules are those of HAMI's
 * "Universal Ingestion API" page, and of FHIR R4.
 *
 * <p>All findings come at once, whatever the text holds, and none of them names a value. Needs no
 * client, no key and no network. Thread-safe.
 */
public final class Preflight {

  private static final BundlePreflight RULES =
      new BundlePreflight(FhirR4.shared(), List.of(new PatientRule(), new VitalSignRules()));

  private Preflight() {}

  /**
   * Checks a bundle as it would be written.
   *
   * @param bundle the bundle; stays as it is
   * @return all findings
   * @throws InvalidInputException when the model cannot be written as JSON at all
   */
  public static PreflightReport check(Bundle bundle) {
    return check(FhirR4.shared().codec().encode(Objects.requireNonNull(bundle, "bundle")));
  }

  /**
   * Checks a bundle.
   *
   * @param json the bundle's JSON, or anything else, which gives an error
   * @return all findings
   */
  public static PreflightReport check(String json) {
    Objects.requireNonNull(json, "json");
    try {
      return check(ResourceDocument.of(json, FhirR4.shared()));
    } catch (MalformedDocumentException malformed) {
      return report(malformed);
    }
  }

  /**
   * Checks a bundle.
   *
   * @param json the bundle's JSON in UTF-8, or anything else, which gives an error
   * @return all findings
   */
  public static PreflightReport check(byte[] json) {
    Objects.requireNonNull(json, "json");
    try {
      return check(ResourceDocument.of(json, FhirR4.shared()));
    } catch (MalformedDocumentException malformed) {
      return report(malformed);
    }
  }

  /**
   * Repairs a bundle's dates, see {@link #normalise(String)}.
   *
   * @param bundle a bundle of any type and size; stays as it is
   * @return the bundle with its dates repaired
   * @throws InvalidInputException when the model cannot be written as JSON at all
   */
  public static Normalised normalise(Bundle bundle) {
    return normalise(FhirR4.shared().codec().encode(Objects.requireNonNull(bundle, "bundle")));
  }

  /**
   * Rewrites every {@code dateTime} and {@code instant} that has an offset or a fraction as whole
   * seconds in UTC with {@code Z}, which is what HAMI asks for. Fractions are dropped, not rounded.
   *
   * <p>Years, months and days without a time stay, and so do times without a zone, leap seconds,
   * malformed dates, and points whose year in UTC would not have four digits: {@link #check} tells
   * of them. Nothing but dates changes.
   *
   * @param json a bundle of any type and size
   * @return the bundle with its dates repaired
   * @throws InvalidInputException when the text is no JSON or no Bundle
   */
  public static Normalised normalise(String json) {
    Objects.requireNonNull(json, "json");
    List<Repair> repairs = new ArrayList<>();
    try {
      ResourceDocument document = ResourceDocument.of(json, FhirR4.shared());
      if (!document.type().equals("Bundle")) {
        throw refused("Bundle.resourceType", "must be 'Bundle'");
      }
      byte[] repaired = DateRepair.normalise(document, repairs).json();
      return new Normalised(new String(repaired, StandardCharsets.UTF_8), repairs);
    } catch (MalformedDocumentException malformed) {
      throw refused("json", malformed.problem());
    }
  }

  private static PreflightReport check(ResourceDocument document) {
    return new PreflightReport(RULES.check(document));
  }

  private static PreflightReport report(MalformedDocumentException malformed) {
    return new PreflightReport(
        List.of(Finding.of(Finding.Level.ERROR, "json", malformed.problem())));
  }

  private static InvalidInputException refused(String path, String rule) {
    return new InvalidInputException(
        CallInfo.of("HAMI", "normalise"), List.of(new Violation(path, rule)));
  }
}
