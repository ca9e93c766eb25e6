package org.example.export;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.fhir.NdjsonIterator;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Patient;

/** Exports all patients and counts them by the year of their birth. */
public final class BirthYears {

  private BirthYears() {}

  /** The server and the credential come from the environment, the directory as the argument. */
  public static void main(String[] args) {
    try (BulkFhirClient client = BulkFhirClient.fromEnv()) {
      count(client, Path.of(args[0]))
          .forEach((year, number) -> System.out.println(year + " " + number));
    }
  }

  static SortedMap<Integer, Integer> count(BulkFhirClient client, Path directory) {
    ExportRequest request = ExportRequest.patients().types("Patient").build();
    ExportResult result = client.export(request, directory).orThrow();
    SortedMap<Integer, Integer> years = new TreeMap<>();
    try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
      patients.forEachRemaining(
          patient -> years.merge(patient.getBirthDateElement().getYear(), 1, Integer::sum));
    }
    return years;
  }
}
