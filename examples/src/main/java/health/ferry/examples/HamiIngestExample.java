package health.ferry.examples;

import health.ferry.hami.ConditionBuilder;
import health.ferry.hami.EncounterBuilder;
import health.ferry.hami.HamiClient;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.PatientBuilder;
import health.ferry.hami.TransactionBundles;
import health.ferry.hami.VitalSigns;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The README's snippet: a visit written with builders, and a folder of resources, to HAMI. */
public final class HamiIngestExample {

  private HamiIngestExample() {}

  /**
   * Sends a visit, and then the folder if one is named, to the group at {@code HAMI_BASE_URL}; run
   * again, it sends of the folder what has no outcome yet.
   *
   * @param args a folder of {@code .json} and {@code .ndjson} files
   */
  public static void main(String[] args) {
    try (HamiClient hami = HamiClient.fromEnv()) {
      System.out.println("Accepted: " + hami.submitAll(visit()).orThrow().transactionIds());
      if (args.length > 0) {
        System.out.println(folder(hami, Path.of(args[0]), Path.of("ingest.journal")));
      }
    }
  }

  static List<Resource> visit() {
    Instant start = Instant.parse("2026-05-23T10:05:00Z");
    Patient patient =
        PatientBuilder.builder("http://hospital.org/mrn", "24250053463")
            .name("Example", "Ada")
            .birthDate(LocalDate.parse("2004-05-23"))
            .mobile("+15550100")
            .build();
    Encounter encounter = EncounterBuilder.builder(patient, start).build();
    Condition vomiting =
        ConditionBuilder.builder(patient, ConditionBuilder.SNOMED, "422400008", "Vomiting")
            .encounter(encounter)
            .build();
    Observation temperature =
        VitalSigns.bodyTemperature(37.4)
            .celsius()
            .subject(patient)
            .encounter(encounter)
            .at(start)
            .build();
    return List.of(patient, encounter, vomiting, temperature);
  }

  static IngestionReport folder(HamiClient hami, Path folder, Path journal) {
    TransactionBundles bundles = TransactionBundles.ofFiles(List.of(folder)).dropUnsupported();
    return hami.submitAll(bundles, options -> options.journal(journal));
  }
}
