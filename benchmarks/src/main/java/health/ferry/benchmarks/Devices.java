package health.ferry.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A block of NDJSON with made-up Devices, varied enough that gzip cannot cheat. The sandbox itself
 * has none of that type, so an export of it holds the benchmark's own files alone.
 */
final class Devices {

  static final String TYPE = "Device";
  static final int LINES = 1_000;

  private Devices() {}

  static byte[] block() {
    Random random = new Random(2026);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < LINES; line++) {
      text.append(
          """
          {"resourceType":"Device","id":"%016x","status":"active",\
          "identifier":[{"system":"https://devices.example.org/serial","value":"%016x"}],\
          "manufacturer":"Example Instruments","manufactureDate":"2026-%02d-%02dT08:30:00Z",\
          "type":{"coding":[{"system":"http://snomed.info/sct","code":"86184003",\
          "display":"Electrocardiographic monitor and recorder"}]},\
          "patient":{"reference":"Patient/%016x"},\
          "property":[{"type":{"text":"battery"},"valueQuantity":[{"value":%d,"unit":"%%"}]}]}
          """
              .formatted(
                  random.nextLong(),
                  random.nextLong(),
                  1 + random.nextInt(12),
                  1 + random.nextInt(28),
                  random.nextLong(),
                  random.nextInt(101)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
