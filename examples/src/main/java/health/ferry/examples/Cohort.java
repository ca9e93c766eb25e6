package health.ferry.examples;

import health.ferry.bulkfhir.ExportResult;
import health.ferry.fhir.NdjsonIterator;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;

/** Who and what an export brought, read from HAPI's models: numbers over all, nobody's own. */
final class Cohort {

  private final Map<String, Integer> genders = new TreeMap<>();
  private final List<Integer> ages = new ArrayList<>();
  private final LatestVitalSigns vitalSigns = new LatestVitalSigns();

  private Cohort() {}

  /** Ages are those on the day of the export. */
  static Cohort read(ExportResult result) {
    LocalDate day =
        LocalDate.ofInstant(result.transactionTime().orElseThrow(), ZoneOffset.systemDefault());
    Cohort cohort = new Cohort();
    try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
      patients.forEachRemaining(patient -> cohort.add(patient, day));
    }
    try (NdjsonIterator<Observation> observations = result.read(Observation.class)) {
      observations.forEachRemaining(cohort.vitalSigns::add);
    }
    return cohort;
  }

  private void add(Patient patient, LocalDate day) {
    String gender = patient.hasGender() ? patient.getGender().toCode() : "unknown";
    genders.merge(gender, 1, Integer::sum);
    if (patient.hasBirthDate()) {
      LocalDate birth =
          LocalDate.ofInstant(patient.getBirthDate().toInstant(), ZoneOffset.systemDefault());
      ages.add(Period.between(birth, day).getYears());
    }
  }

  String people() {
    int all = genders.values().stream().mapToInt(Integer::intValue).sum();
    String by =
        genders.entrySet().stream()
            .map(gender -> gender.getValue() + " " + gender.getKey())
            .collect(Collectors.joining(", "));
    return all + " patients as HAPI models: " + by + ages();
  }

  private String ages() {
    if (ages.isEmpty()) {
      return "";
    }
    List<Integer> sorted = ages.stream().sorted().toList();
    return ", aged %d to %d, median %d"
        .formatted(sorted.get(0), sorted.get(sorted.size() - 1), sorted.get(sorted.size() / 2));
  }

  List<String> vitalSigns() {
    return vitalSigns.means();
  }
}
