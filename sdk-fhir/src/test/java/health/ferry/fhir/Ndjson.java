package health.ferry.fhir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Lines for tests. */
final class Ndjson {

  private Ndjson() {}

  static String patient(String id) {
    return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
  }

  static NdjsonReader reader(String text) {
    return reader(text.getBytes(StandardCharsets.UTF_8));
  }

  static NdjsonReader reader(byte[] bytes) {
    return NdjsonReader.of("Patient-1.ndjson", new ByteArrayInputStream(bytes));
  }
}
