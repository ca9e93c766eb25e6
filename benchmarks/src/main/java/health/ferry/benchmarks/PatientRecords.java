package health.ferry.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** NDJSON files of made-up patient records, the same ones from the same seed. */
final class PatientRecords {

  /** Each file ends with the first line that reaches this size. */
  static final int FILE_SIZE = 2_450_000;

  /**
   * A file of resources of one type.
   *
   * @param count how many there are
   */
  record DataFile(String type, Path path, long count) {}

  private PatientRecords() {}

  /** Writes so many files; most hold Observations, as most of a real export does. */
  static List<DataFile> write(Path folder, int files) throws IOException {
    List<DataFile> written = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      MadeUpResource resource =
          switch (i % 10) {
            case 0 -> MadeUpResource.PATIENT;
            case 1, 2 -> MadeUpResource.ENCOUNTER;
            case 3 -> MadeUpResource.CONDITION;
            default -> MadeUpResource.OBSERVATION;
          };
      Path path = folder.resolve(i + ".ndjson");
      written.add(new DataFile(resource.type(), path, write(resource, new Random(i), path)));
    }
    return written;
  }

  private static long write(MadeUpResource resource, Random random, Path path) throws IOException {
    long count = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), FILE_SIZE)) {
      for (long size = 0; size < FILE_SIZE; count++) {
        byte[] line = resource.line(random).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        size += line.length;
      }
    }
    return count;
  }
}
