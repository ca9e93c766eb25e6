package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;

/** What a Patient "should include" (seed, "Patient Resource"). */
public final class PatientRule implements ResourceRule {

  @Override
  public void check(JsonNode resource, Findings findings) {
    if (!resource.path("resourceType").asText().equals("Patient")) {
      return;
    }
    for (String element : new String[] {"identifier", "name", "gender", "birthDate"}) {
      if (RequiredElements.isEmpty(resource.path(element))) {
        findings.warning(element, "should be given");
      }
    }
    JsonNode identifiers = resource.path("identifier");
    for (int i = 0; i < identifiers.size(); i++) {
      if (RequiredElements.isEmpty(identifiers.path(i).path("system"))) {
        findings.warning("identifier[" + i + "].system", "should be given");
      }
    }
  }
}
