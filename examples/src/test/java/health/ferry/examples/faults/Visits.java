package health.ferry.examples.faults;

import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Made-up resources to send, whose family names may show up nowhere. */
public final class Visits {

  /** A Patient and what was measured. */
  public static final int RESOURCES = 2;

  private Visits() {}

  public static String patient(String id) {
    return """
        {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:oid:2.999.1","value":"%s"}],\
        "name":[{"family":"%s","given":["Test"]}],"gender":"female","birthDate":"1980-05-05",\
        "telecom":[{"system":"phone","value":"+15550100"}]}"""
        .formatted(id, id, Canary.FAMILY);
  }

  public static String pulse(String id, String patient) {
    return pulse(id, patient, "2024-05-23T10:12:00Z");
  }

  public static String pulse(String id, String patient, String time) {
    return """
        {"resourceType":"Observation","id":"%s","status":"final","category":[{"coding":[{"code":\
        "vital-signs","system":"http://terminology.hl7.org/CodeSystem/observation-category"}]}],\
        "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},\
        "subject":{"reference":"%s"},"effectiveDateTime":"%s","valueQuantity":{"value":64,\
        "unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}"""
        .formatted(id, patient, time);
  }

  public static List<String> of(String patient) {
    return List.of(patient(patient), pulse(patient + "-pulse", "Patient/" + patient));
  }

  /** The visits of patients {@code p1}, {@code p2} and so on, each a bundle of its own. */
  public static Path write(Path file, int patients) throws IOException {
    return Files.write(
        file,
        IntStream.rangeClosed(1, patients)
            .boxed()
            .flatMap(number -> of("p" + number).stream())
            .toList());
  }

  /** A Bundle as other systems write it. */
  public static String bundle(List<String> resources) {
    return resources.stream()
        .map("{\"resource\":%s}"::formatted)
        .collect(
            Collectors.joining(
                ",", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[", "]}"));
  }
}
