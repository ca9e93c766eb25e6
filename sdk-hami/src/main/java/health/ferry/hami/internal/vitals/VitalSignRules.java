package health.ferry.hami.internal.vitals;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.hami.internal.preflight.Findings;
import health.ferry.hami.internal.preflight.RequiredElements;
import health.ferry.hami.internal.preflight.ResourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an Observation of a vital sign of HAMI's table should have: the table's codes and units, and
 * what R4's vital-sign profiles add to an Observation. All of it is a warning, since HAMI's own
 * example for HL7 v2 goes without most of it.
 */
public final class VitalSignRules implements ResourceRule {

  @Override
  public void check(JsonNode resource, Findings findings) {
    Optional<VitalSign> sign = VitalSign.ofResource(resource);
    if (sign.isPresent()) {
      check(sign.get(), resource, findings);
    } else if (BloodPressurePart.isOne(resource)) {
      findings.warning(
          "code", "is a part of a blood pressure: send 85354-9 with both parts as components");
    }
  }

  private static void check(VitalSign sign, JsonNode resource, Findings findings) {
    code(sign.codes(), resource.path("code"), findings.at("code"));
    category(resource.path("category"), findings);
    if (RequiredElements.isEmpty(resource.path("subject"))) {
      findings.warning("subject", "should be the patient");
    }
    if (RequiredElements.isEmpty(resource.path("effectiveDateTime"))
        && RequiredElements.isEmpty(resource.path("effectivePeriod"))) {
      findings.warning("effectiveDateTime", "should be there, or effectivePeriod");
    }
    if (sign == VitalSign.BLOOD_PRESSURE) {
      bloodPressure(resource, findings);
    } else {
      value(sign.unitCodes(), resource, findings);
    }
  }

  /** The first of the codes should be there, and in LOINC. */
  private static void code(List<LoincCode> wanted, JsonNode code, Findings findings) {
    List<String> found = new ArrayList<>();
    int index = 0;
    for (JsonNode coding : code.path("coding")) {
      String value = coding.path("code").asText();
      if (wanted.stream().anyMatch(known -> known.code().equals(value))) {
        found.add(value);
        if (!coding.path("system").asText().equals(LoincCode.SYSTEM)) {
          findings.warning("coding[" + index + "].system", "should be " + LoincCode.SYSTEM);
        }
      }
      index++;
    }
    String first = wanted.get(0).code();
    if (!found.contains(first)) {
      findings.warning("coding", "should hold " + first + " as well: R4's profile asks for it");
    }
  }

  private static void category(JsonNode categories, Findings findings) {
    for (JsonNode category : categories) {
      for (JsonNode coding : category.path("coding")) {
        if (coding.path("system").asText().equals(VitalSign.CATEGORY_SYSTEM)
            && coding.path("code").asText().equals(VitalSign.CATEGORY)) {
          return;
        }
      }
    }
    findings.warning(
        "category", "should hold " + VitalSign.CATEGORY + " of " + VitalSign.CATEGORY_SYSTEM);
  }

  private static void bloodPressure(JsonNode resource, Findings findings) {
    if (resource.has("valueQuantity")) {
      findings.warning("valueQuantity", "should not be there: a blood pressure has components");
    }
    JsonNode components = resource.path("component");
    for (BloodPressurePart part : BloodPressurePart.values()) {
      int index = indexOf(part, components);
      if (index < 0) {
        findings.warning("component", "should have one with " + part.code().code());
      } else {
        JsonNode component = components.path(index);
        Findings below = findings.at("component[" + index + "]");
        code(List.of(part.code()), component.path("code"), below.at("code"));
        value(VitalSign.BLOOD_PRESSURE.unitCodes(), component, below);
      }
    }
  }

  private static int indexOf(BloodPressurePart part, JsonNode components) {
    for (int i = 0; i < components.size(); i++) {
      if (VitalSign.codes(components.path(i).path("code")).contains(part.code().code())) {
        return i;
      }
    }
    return -1;
  }

  private static void value(List<String> units, JsonNode measured, Findings findings) {
    JsonNode quantity = measured.path("valueQuantity");
    if (RequiredElements.isEmpty(quantity)) {
      if (RequiredElements.isEmpty(measured.path("dataAbsentReason"))) {
        findings.warning("valueQuantity", "should be there, or dataAbsentReason");
      }
      return;
    }
    if (!quantity.path("value").isNumber()) {
      findings.warning("valueQuantity.value", "should be a number");
    }
    if (!quantity.path("system").asText().equals(UcumUnit.SYSTEM)) {
      findings.warning("valueQuantity.system", "should be " + UcumUnit.SYSTEM);
    }
    if (!units.contains(quantity.path("code").asText())) {
      findings.warning("valueQuantity.code", "should be " + String.join(" or ", units));
    }
  }
}
