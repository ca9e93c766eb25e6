package health.ferry.hami.internal.vitals;

import static health.ferry.hami.internal.vitals.UcumUnit.BEATS_PER_MINUTE;
import static health.ferry.hami.internal.vitals.UcumUnit.BREATHS_PER_MINUTE;
import static health.ferry.hami.internal.vitals.UcumUnit.CELSIUS;
import static health.ferry.hami.internal.vitals.UcumUnit.CENTIMETRES;
import static health.ferry.hami.internal.vitals.UcumUnit.FAHRENHEIT;
import static health.ferry.hami.internal.vitals.UcumUnit.INCHES;
import static health.ferry.hami.internal.vitals.UcumUnit.KILOGRAMS;
import static health.ferry.hami.internal.vitals.UcumUnit.MILLIMETRES_OF_MERCURY;
import static health.ferry.hami.internal.vitals.UcumUnit.PERCENT;
import static health.ferry.hami.internal.vitals.UcumUnit.POUNDS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HAMI's table of vital signs ("Observation Resources (Vital Signs)"), each with the profile that
 * R4 has for it.
 *
 * @see <a href="https://hl7.org/fhir/R4/observation-vitalsigns.html">FHIR R4, vital signs</a>
 */
public final class VitalSign {

  public static final VitalSign BLOOD_PRESSURE =
      new VitalSign(
          "Blood Pressure",
          "bp",
          List.of(MILLIMETRES_OF_MERCURY),
          new LoincCode("85354-9", "Blood pressure panel with all children optional"));

  public static final VitalSign HEART_RATE =
      new VitalSign(
          "Heart Rate",
          "heartrate",
          List.of(BEATS_PER_MINUTE),
          new LoincCode("8867-4", "Heart rate"));

  public static final VitalSign RESPIRATORY_RATE =
      new VitalSign(
          "Respiratory Rate",
          "resprate",
          List.of(BREATHS_PER_MINUTE),
          new LoincCode("9279-1", "Respiratory rate"));

  public static final VitalSign BODY_TEMPERATURE =
      new VitalSign(
          "Body Temperature",
          "bodytemp",
          List.of(CELSIUS, FAHRENHEIT),
          new LoincCode("8310-5", "Body temperature"));

  public static final VitalSign BODY_WEIGHT =
      new VitalSign(
          "Body Weight",
          "bodyweight",
          List.of(KILOGRAMS, POUNDS),
          new LoincCode("29463-7", "Body weight"));

  public static final VitalSign BODY_HEIGHT =
      new VitalSign(
          "Body Height",
          "bodyheight",
          List.of(CENTIMETRES, INCHES),
          new LoincCode("8302-2", "Body height"));

  /** HAMI takes either code; R4's profile wants the first, and has the second beside it. */
  public static final VitalSign OXYGEN_SATURATION =
      new VitalSign(
          "Oxygen Saturation",
          "oxygensat",
          List.of(PERCENT),
          new LoincCode("2708-6", "Oxygen saturation in Arterial blood"),
          new LoincCode("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"));

  /** The code system of {@link #CATEGORY}. */
  public static final String CATEGORY_SYSTEM =
      "http://terminology.hl7.org/CodeSystem/observation-category";

  /** The category of every vital sign. */
  public static final String CATEGORY = "vital-signs";

  private static final String PROFILES = "http://hl7.org/fhir/StructureDefinition/";

  private static final Map<String, VitalSign> BY_CODE =
      Stream.of(
              BLOOD_PRESSURE,
              HEART_RATE,
              RESPIRATORY_RATE,
              BODY_TEMPERATURE,
              BODY_WEIGHT,
              BODY_HEIGHT,
              OXYGEN_SATURATION)
          .flatMap(sign -> sign.codes.stream().map(code -> Map.entry(code.code(), sign)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String title;
  private final String profile;
  private final List<UcumUnit> units;
  private final List<LoincCode> codes;

  private VitalSign(String title, String profile, List<UcumUnit> units, LoincCode... codes) {
    this.title = title;
    this.profile = PROFILES + profile;
    this.units = units;
    this.codes = List.of(codes);
  }

  /** The sign of the first of some LOINC codes that means one. */
  public static Optional<VitalSign> of(Collection<String> codes) {
    return codes.stream()
        .flatMap(code -> Optional.ofNullable(BY_CODE.get(code)).stream())
        .findFirst();
  }

  /** The sign that a resource is an Observation of, by any of its codes, whatever their system. */
  public static Optional<VitalSign> ofResource(JsonNode resource) {
    return resource.path("resourceType").asText().equals("Observation")
        ? of(codes(resource.path("code")))
        : Optional.empty();
  }

  /** The codes of a CodeableConcept. */
  static List<String> codes(JsonNode concept) {
    List<String> codes = new ArrayList<>();
    for (JsonNode coding : concept.path("coding")) {
      codes.add(coding.path("code").asText());
    }
    return codes;
  }

  /** The table's name of it. */
  public String title() {
    return title;
  }

  /** The URL of R4's profile. */
  public String profile() {
    return profile;
  }

  /** The codes that say it all together; the first is the one that the profile wants. */
  public List<LoincCode> codes() {
    return codes;
  }

  /** The UCUM codes that its value may have, in the table's order. */
  public List<String> unitCodes() {
    return units.stream().map(UcumUnit::code).toList();
  }
}
