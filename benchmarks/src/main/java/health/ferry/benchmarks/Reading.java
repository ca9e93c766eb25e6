package health.ferry.benchmarks;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import health.ferry.fhir.FhirR4;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.NdjsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * NDJSON files to HAPI's models, in file order: HAPI's own parser on one thread, then Ferry on one
 * thread and as it is. Files, context and classes are warm.
 */
final class Reading {

  private static final int FILES = 82;

  private Reading() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    Path data = Files.createDirectory(folder.resolve("data"));
    List<PatientRecords.DataFile> written = PatientRecords.write(data, FILES);
    List<Path> files = written.stream().map(PatientRecords.DataFile::path).toList();
    long count = written.stream().mapToLong(PatientRecords.DataFile::count).sum();
    System.out.printf("%d files, %,d bytes, %,d resources%n", FILES, bytes(files), count);
    NdjsonReader reader = NdjsonReader.of(files);
    new Race(folder, into -> {})
        .with("HAPI's parser, one thread", into -> seconds(count, () -> byHapi(files)))
        .with(
            "Ferry read(), one thread",
            into -> seconds(count, () -> byFerry(reader.withThreads(1))))
        .with("Ferry read()", into -> seconds(count, () -> byFerry(reader)))
        .run(2, rounds);
  }

  private static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** Reads everything and tells how many resources it had, each of which it touched. */
  private interface ReadAll {
    long count() throws IOException;
  }

  private static double seconds(long promised, ReadAll reading) throws IOException {
    long start = System.nanoTime();
    long count = reading.count();
    double took = (System.nanoTime() - start) / 1e9;
    if (count != promised) {
      throw new IllegalStateException(count + " resources instead of " + promised);
    }
    return took;
  }

  private static long byHapi(List<Path> files) throws IOException {
    FhirContext context = FhirR4.shared().context();
    IParser parser = context.newJsonParser();
    long count = 0;
    for (Path file : files) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          count += parser.parseResource(line).getIdElement().hasIdPart() ? 1 : 0;
        }
      }
    }
    return count;
  }

  private static long byFerry(NdjsonReader reader) {
    long count = 0;
    try (NdjsonIterator<Resource> resources = reader.read(Resource.class)) {
      while (resources.hasNext()) {
        count += resources.next().getIdElement().hasIdPart() ? 1 : 0;
      }
    }
    return count;
  }
}
