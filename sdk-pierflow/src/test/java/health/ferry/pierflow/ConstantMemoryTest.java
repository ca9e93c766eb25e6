package health.ferry.pierflow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.internal.time.Cancellation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM with 64 MB of heap verifies and reads a package of 2 GB. */
class ConstantMemoryTest {

  private static final int PATIENTS = 2_500;
  private static final int OBSERVATIONS = 4_000;
  private static final int MODELS = 5;

  @TempDir Path folder;

  @Test
  void the_size_of_a_package_does_not_matter_in_64_megabytes() throws Exception {
    byte[] bundle = bundle();
    Path zip = Files.write(folder.resolve("package.zip"), zip(bundle));
    long total = (long) PATIENTS * bundle.length;
    assertThat(total).isGreaterThan(2_000_000_000L);
    assertThat(Files.size(zip)).isGreaterThan(total / 200).isLessThan(total / 10);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName(),
                zip.toString())
            .redirectErrorStream(true)
            .start();
    // Ends the reading below when the other JVM hangs.
    CompletableFuture.delayedExecutor(300, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output)
          .contains(
              "%d patients, %d bytes, %d entries"
                  .formatted(PATIENTS, total, MODELS * (OBSERVATIONS + 1)));
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] bundle() {
    String observations =
        IntStream.range(0, OBSERVATIONS)
            .mapToObj(
                number ->
                    """
                    ,
                        {
                          "resource": {
                            "resourceType": "Observation",
                            "id": "obs_%d",
                            "status": "final",
                            "code": {"text": "Weight"},
                            "valueQuantity": {"value": %d, "unit": "kg"}
                          }
                        }"""
                        .formatted(number, number % 90))
            .collect(joining());
    return PackageContent.utf8(
        """
        {"resourceType": "Bundle", "type": "collection", "entry": [
            {"resource": {"resourceType": "Patient", "id": "pat_1"}}"""
            + observations
            + "]}");
  }

  private static byte[] zip(byte[] bundle) {
    List<String> ids = PackageContent.ids(PATIENTS);
    byte[] manifest = PackageContent.utf8(PackageContent.manifest(ids));
    String checksum = PackageContent.sha256(bundle);
    String list =
        PackageContent.sha256(manifest)
            + "  manifest.json\n"
            + ids.stream()
                .map(id -> checksum + "  " + PackageContent.file(id) + "\n")
                .collect(joining());
    RawZip zip = new RawZip();
    RawZip.Item same = RawZip.Item.deflated("patients/", bundle);
    ids.forEach(id -> zip.add(same.named(PackageContent.file(id))));
    return zip.add(RawZip.Item.deflated("manifest.json", manifest))
        .add(RawZip.Item.deflated("checksum.sha256", PackageContent.utf8(list)))
        .bytes();
  }

  /** Runs in the other JVM. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] args) {
      int patients = 0;
      long bytes = 0;
      int entries = 0;
      try (PackageArchive archive =
          PackageArchive.open(
              Path.of(args[0]), OpenOptions.defaults(), Runnable::run, new Cancellation())) {
        for (PackagedPatient patient : archive.patients()) {
          bytes += patient.bytes().length;
          if (patients < MODELS) {
            entries += patient.bundle().getEntry().size();
          }
          patients++;
        }
      }
      System.out.printf("%d patients, %d bytes, %d entries%n", patients, bytes, entries);
    }
  }
}
