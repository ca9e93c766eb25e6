package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.internal.data.FhirResource;
import health.ferry.testkit.internal.data.SyntheticPatients;
import java.util.List;
import java.util.Random;

/**
 * Makes one patient after the other up, each Bundle filled up with laboratory values to a size. The
 * filling is written as text, since gigabytes of it would take minutes as trees.
 */
final class LargePatients {

  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int RECORDS = 2;
  private static final String END = "\n  ]\n}";
  private static final List<String> TESTS =
      List.of("Haemoglobin", "Packed cell volume", "Creatinine", "Urea", "Potassium", "Sodium");

  /** {@code #} stands for id (twice), test, subject, date and value. */
  private static final String[] LABORATORY =
      """
      ,
          {
            "fullUrl": "Observation/#",
            "resource": {
              "resourceType": "Observation",
              "id": "#",
              "status": "final",
              "category": [
                {
                  "coding": [
                    {
                      "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                      "code": "laboratory"
                    }
                  ]
                }
              ],
              "code": {
                "text": "#"
              },
              "subject": {
                "reference": "Patient/#"
              },
              "effectiveDateTime": "#",
              "valueQuantity": {
                "value": #,
                "unit": "mmol/L"
              }
            }
          }"""
          .split("#");

  private final long seed;
  private final String familyMarker;
  private final int bundleBytes;

  LargePatients(long seed, String familyMarker, int bundleBytes) {
    this.seed = seed;
    this.familyMarker = familyMarker;
    this.bundleBytes = bundleBytes;
  }

  PatientFile patient(int number) {
    long own = (seed * MIX) ^ (number * Long.rotateLeft(MIX, 17));
    List<FhirResource> resources = SyntheticPatients.one(number, own, familyMarker).resources();
    ObjectNode bundle = PatientBundle.bundle(number, resources);
    int missing = bundleBytes - PrettyJson.of(bundle).length();
    StringBuilder filling = new StringBuilder(Math.max(0, missing) + 1_000);
    Random random = new Random(own);
    int total = bundle.path("total").asInt();
    while (filling.length() < missing) {
      addLaboratory(filling, number, ++total, random);
    }
    StringBuilder json = new StringBuilder(PrettyJson.of(bundle.put("total", total)));
    json.insert(json.length() - END.length(), filling);
    PatientFile unfilled = PatientFile.of(bundle);
    return new PatientFile(unfilled.patientId(), unfilled.mrn(), RECORDS, json.toString());
  }

  private static void addLaboratory(StringBuilder to, int number, int count, Random random) {
    String id = "obs_lab_" + number + "_" + count;
    to.append(LABORATORY[0]).append(id).append(LABORATORY[1]).append(id).append(LABORATORY[2]);
    to.append(TESTS.get(random.nextInt(TESTS.size()))).append(LABORATORY[3]);
    to.append(PierflowIds.temporary(number, 0)).append(LABORATORY[4]);
    to.append(2000 + random.nextInt(26)).append('-').append(10 + random.nextInt(3)).append('-');
    to.append(10 + random.nextInt(19)).append(LABORATORY[5]);
    to.append(random.nextInt(10_000)).append(LABORATORY[6]);
  }
}
