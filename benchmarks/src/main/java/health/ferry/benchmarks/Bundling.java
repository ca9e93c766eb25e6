package health.ferry.benchmarks;

import ca.uhn.fhir.parser.IParser;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.TransactionBundle;
import health.ferry.hami.TransactionBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.hl7.fhir.r4.model.Resource;

/**
 * A hundred thousand resources: HAPI encodes as many models, Ferry makes transaction bundles of
 * them, from one large bundle in memory, from an NDJSON file, and from models, which HAPI encodes
 * then too. Full URLs, references, dates and packing are in Ferry's time, and so is the temporary
 * file of its index.
 */
final class Bundling {

  private static final int PATIENTS = 500;
  private static final int EACH = 200;
  private static final int VISITS = 10;

  /** As models, all would take more memory than a small machine has. */
  private static final int PATIENTS_AS_MODELS = 10;

  private static final int TIMES = PATIENTS / PATIENTS_AS_MODELS;

  private Bundling() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int patient = 0; patient < PATIENTS; patient++) {
      lines.addAll(record(patient));
    }
    Path ndjson = folder.resolve("resources.ndjson");
    Files.write(ndjson, lines);
    String bundle = bundle(lines);
    List<Resource> models =
        lines.subList(0, PATIENTS_AS_MODELS * EACH).stream()
            .map(line -> FhirR4.shared().codec().parse(line))
            .toList();
    System.out.printf("%,d resources, %,d bytes%n", lines.size(), Files.size(ndjson));
    lines.clear();
    new Race(folder, into -> {})
        .with("HAPI encodes, one thread", into -> seconds(() -> encode(models)))
        .with(
            "Ferry, a bundle in memory",
            into -> seconds(() -> bundle(TransactionBundles.ofBundle(bundle))))
        .with(
            "Ferry, an NDJSON file",
            into -> seconds(() -> bundle(TransactionBundles.ofFiles(List.of(ndjson)))))
        .with(
            "Ferry, models",
            into -> seconds(() -> bundle(TransactionBundles.of(new RepeatedModels(models, TIMES)))))
        .run(2, rounds);
  }

  private static double seconds(LongSupplier work) {
    long start = System.nanoTime();
    long count = work.getAsLong();
    double took = (System.nanoTime() - start) / 1e9;
    if (count != (long) PATIENTS * EACH) {
      throw new IllegalStateException(count + " resources");
    }
    return took;
  }

  private static long encode(List<Resource> models) {
    IParser parser = FhirR4.shared().context().newJsonParser();
    long count = 0;
    for (int i = 0; i < TIMES; i++) {
      for (Resource model : models) {
        byte[] json = parser.encodeResourceToString(model).getBytes(StandardCharsets.UTF_8);
        count += json.length > 0 ? 1 : 0;
      }
    }
    return count;
  }

  private static long bundle(TransactionBundles bundles) {
    long entries = 0;
    for (TransactionBundle bundle : bundles) {
      entries += bundle.size();
    }
    return entries < PATIENTS * EACH ? entries : bundles.report().resources();
  }

  /** A patient and some visits, each with a diagnosis and measurements. */
  private static List<String> record(int patient) {
    Random random = new Random(patient);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      MadeUpResource resource =
          switch (i == 0 ? -1 : i % (EACH / VISITS)) {
            case -1 -> MadeUpResource.PATIENT;
            case 1 -> MadeUpResource.ENCOUNTER;
            case 2 -> MadeUpResource.CONDITION;
            default -> MadeUpResource.OBSERVATION;
          };
      String visit = patient + "-" + i / (EACH / VISITS);
      String id = resource == MadeUpResource.PATIENT ? "" + patient : visit;
      boolean shared = resource != MadeUpResource.OBSERVATION;
      lines.add(
          resource
              .line(random)
              .strip()
              .replaceFirst("\"id\":\"[^\"]*", "\"id\":\"" + (shared ? id : visit + "-" + i))
              .replaceFirst("Patient/[^\"]*", "Patient/" + patient)
              .replaceFirst("Encounter/[^\"]*", "Encounter/" + visit));
    }
    return lines;
  }

  private static String bundle(List<String> lines) {
    StringBuilder json = new StringBuilder("{\"resourceType\":\"Bundle\",\"entry\":[");
    for (String line : lines) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"resource\":").append(line).append('}');
    }
    return json.append("]}").toString();
  }
}
