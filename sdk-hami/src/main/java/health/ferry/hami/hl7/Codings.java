package health.ferry.hami.hl7;

import health.ferry.hami.internal.vitals.LoincCode;
import health.ferry.hami.internal.vitals.UcumUnit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Coded fields (CE, CWE, CNE) to concepts: the code, its alternate, the text as it was written. The
 * URIs are those that FHIR R4 and terminology.hl7.org give to HL7's names (table 0396).
 *
 * <p>A coding system without a known URI gets {@code urn:x-hl7v2:} and its name, so that codes of
 * different systems stay apart, and is reported.
 */
final class Codings {

  private static final String HL7_TABLES = "http://terminology.hl7.org/CodeSystem/v2-";

  private static final Map<String, String> SYSTEMS =
      Map.ofEntries(
          Map.entry("LN", LoincCode.SYSTEM),
          Map.entry("LOINC", LoincCode.SYSTEM),
          Map.entry("SCT", "http://snomed.info/sct"),
          Map.entry("SNOMED-CT", "http://snomed.info/sct"),
          Map.entry("UCUM", UcumUnit.SYSTEM),
          Map.entry("I10", "http://hl7.org/fhir/sid/icd-10"),
          Map.entry("ICD10", "http://hl7.org/fhir/sid/icd-10"),
          Map.entry("I10C", "http://hl7.org/fhir/sid/icd-10-cm"),
          Map.entry("ICD10CM", "http://hl7.org/fhir/sid/icd-10-cm"),
          Map.entry("I9C", "http://hl7.org/fhir/sid/icd-9-cm"),
          Map.entry("ICD9CM", "http://hl7.org/fhir/sid/icd-9-cm"),
          Map.entry("C4", "http://www.ama-assn.org/go/cpt"),
          Map.entry("CPT4", "http://www.ama-assn.org/go/cpt"),
          Map.entry("RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm"),
          Map.entry("CVX", "http://hl7.org/fhir/sid/cvx"),
          Map.entry("NDC", "http://hl7.org/fhir/sid/ndc"),
          Map.entry("WC", "http://www.whocc.no/atc"));

  private static final Pattern HL7_TABLE = Pattern.compile("HL7(\\d{4})");
  private static final Pattern URI = Pattern.compile("(?:https?://|urn:)\\S+");

  private final Hl7Options options;
  private final UnmappedParts unmapped;

  Codings(Hl7Options options, UnmappedParts unmapped) {
    this.options = options;
    this.unmapped = unmapped;
  }

  /** The code, its alternate and the original text; empty when the field says none of them. */
  CodeableConcept concept(Repetition field) {
    CodeableConcept concept = new CodeableConcept();
    addCoding(concept, field, 1, 7);
    addCoding(concept, field, 4, 8);
    String original = field.text(9);
    if (!original.isEmpty()) {
      concept.setText(original);
    }
    return concept;
  }

  /** A coding is three components in a row; one without a code gives its text to the concept. */
  private void addCoding(CodeableConcept concept, Repetition field, int first, int version) {
    String code = field.text(first);
    String display = field.text(first + 1);
    if (code.isEmpty()) {
      if (!display.isEmpty() && !concept.hasText()) {
        concept.setText(display);
      } else if (!display.isEmpty()) {
        unmapped.add(field.path(first + 1), "is a text without a code, beside another text");
      }
      return;
    }
    Coding coding = new Coding().setCode(code);
    if (!display.isEmpty()) {
      coding.setDisplay(display);
    }
    String ofVersion = field.text(version);
    if (!ofVersion.isEmpty()) {
      coding.setVersion(ofVersion);
    }
    system(field, first + 2).ifPresent(coding::setSystem);
    concept.addCoding(coding);
  }

  private Optional<String> system(Repetition field, int component) {
    String name = field.text(component);
    Optional<String> known = known(name);
    if (known.isPresent()) {
      return known;
    }
    if (name.isEmpty()) {
      unmapped.add(
          field.path(component),
          "names no coding system; the code is kept without; give one with localCodeSystem(…)");
      return Optional.empty();
    }
    unmapped.add(
        field.path(component),
        "no URI is known for this coding system; a URN of its name is used; give one with"
            + " codeSystem(…)");
    return Optional.of("urn:x-hl7v2:" + URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  private Optional<String> known(String name) {
    Optional<String> given = options.systemOfCodes(name);
    if (given.isPresent()) {
      return given;
    }
    if (name.isEmpty() || name.equals("L") || name.startsWith("99")) {
      return options.systemOfLocalCodes();
    }
    if (URI.matcher(name).matches()) {
      return Optional.of(name);
    }
    String upper = name.toUpperCase(Locale.ROOT);
    var table = HL7_TABLE.matcher(upper);
    return table.matches()
        ? Optional.of(HL7_TABLES + table.group(1))
        : Optional.ofNullable(SYSTEMS.get(upper));
  }
}
