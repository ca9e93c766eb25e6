package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of the Universal Ingestion API, "From HL7 v2 to FHIR". */
class SeedSegmentTest {

  @Test
  void the_seeds_obx_gives_the_seeds_observation() throws IOException {
    Hl7Mapping mapping = Hl7Messages.readSegment("OBX|1|NM|8867-4^Heart rate^LN||129|/min|||||F");

    assertThat(mapping.json()).hasSize(1);
    assertThat(tree(mapping.json().get(0)))
        .isEqualTo(
            tree(
                """
                {
                  "resourceType": "Observation",
                  "status": "final",
                  "code": {
                    "coding": [{
                      "system": "http://loinc.org",
                      "code": "8867-4",
                      "display": "Heart rate"
                    }]
                  },
                  "valueQuantity": {
                    "value": 129,
                    "unit": "/min",
                    "system": "http://unitsofmeasure.org",
                    "code": "/min"
                  }
                }"""));
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void the_seeds_table_of_pid_gives_a_patient() throws IOException {
    Hl7Mapping mapping =
        Hl7Messages.readSegment(
            "PID|||24250053463^^^&2.16.840.1.113883.19.5&ISO^MR||Khan^Ali||20040523|M|||||"
                + "+923001234313^^CP");

    assertThat(tree(mapping.json().get(0)))
        .isEqualTo(
            tree(
                """
                {
                  "resourceType": "Patient",
                  "identifier": [{
                    "type": {"coding": [{
                      "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                    "system": "urn:oid:2.16.840.1.113883.19.5",
                    "value": "24250053463"
                  }],
                  "name": [{"family": "Khan", "given": ["Ali"]}],
                  "telecom": [{"system": "phone", "value": "+923001234313", "use": "mobile"}],
                  "gender": "male",
                  "birthDate": "2004-05-23"
                }"""));
    assertThat(mapping.unmapped()).isEmpty();
  }

  private static JsonNode tree(String json) throws IOException {
    return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
