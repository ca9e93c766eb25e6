package health.ferry.examples;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;

/** The latest value of each vital sign of each patient, and their means. */
final class LatestVitalSigns {

  private static final String CATEGORIES =
      "http://terminology.hl7.org/CodeSystem/observation-category";
  private static final int SHOWN = 6;

  /** By name and unit, then by patient. */
  private final Map<String, Map<String, Measured>> latest = new TreeMap<>();

  private record Measured(Instant when, double value) {}

  void add(Observation observation) {
    boolean vital =
        observation.getCategory().stream()
            .anyMatch(category -> category.hasCoding(CATEGORIES, "vital-signs"));
    if (!vital || !observation.hasEffectiveDateTimeType()) {
      return;
    }
    add(observation, observation.getCode(), observation.getValue());
    observation.getComponent().forEach(part -> add(observation, part.getCode(), part.getValue()));
  }

  private void add(Observation observation, CodeableConcept code, Type value) {
    if (!(value instanceof Quantity quantity) || !quantity.hasValue()) {
      return;
    }
    latest
        .computeIfAbsent(
            code.getCodingFirstRep().getDisplay() + "|" + quantity.getUnit(),
            key -> new HashMap<>())
        .merge(
            observation.getSubject().getReference(),
            new Measured(
                observation.getEffectiveDateTimeType().getValue().toInstant(),
                quantity.getValue().doubleValue()),
            (before, now) -> now.when().isAfter(before.when()) ? now : before);
  }

  /** The signs that most patients have, each with its mean. */
  List<String> means() {
    return latest.entrySet().stream()
        .sorted((one, other) -> other.getValue().size() - one.getValue().size())
        .limit(SHOWN)
        .map(sign -> mean(sign.getKey().split("\\|", 2), sign.getValue()))
        .toList();
  }

  private static String mean(String[] sign, Map<String, Measured> byPatient) {
    DoubleStream values = byPatient.values().stream().mapToDouble(Measured::value);
    return String.format(
        Locale.ROOT, "%-32.32s %10.1f %s", sign[0], values.average().orElse(0), sign[1]);
  }
}
