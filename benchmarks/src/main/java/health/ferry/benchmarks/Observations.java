package health.ferry.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A block of NDJSON with made-up Observations, varied enough that gzip cannot cheat. */
final class Observations {

  static final int LINES = 1_000;

  private Observations() {}

  static byte[] block() {
    Random random = new Random(2026);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < LINES; line++) {
      text.append(
          """
          {"resourceType":"Observation","id":"%016x","status":"final",\
          "category":[{"coding":[{"system":\
          "http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],\
          "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},\
          "subject":{"reference":"Patient/%016x"},"effectiveDateTime":"2026-%02d-%02dT08:30:00Z",\
          "valueQuantity":{"value":%d,"unit":"/min",\
          "system":"http://unitsofmeasure.org","code":"/min"}}
          """
              .formatted(
                  random.nextLong(),
                  random.nextLong(),
                  1 + random.nextInt(12),
                  1 + random.nextInt(28),
                  50 + random.nextInt(90)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
