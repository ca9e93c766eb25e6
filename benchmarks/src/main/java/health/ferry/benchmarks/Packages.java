package health.ferry.benchmarks;

import ca.uhn.fhir.parser.IParser;
import health.ferry.core.Secret;
import health.ferry.core.internal.digest.Digests;
import health.ferry.fhir.FhirR4;
import health.ferry.pierflow.PackageArchive;
import health.ferry.pierflow.PackagedPatient;
import health.ferry.pierflow.PierflowClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hl7.fhir.r4.model.Bundle;

/**
 * An import package of 2,500 patients: opened and verified beside mere inflating and hashing on two
 * threads, then read as HAPI's models beside HAPI's own parser on one.
 */
final class Packages {

  private static final int PATIENTS = 2_500;
  private static final int RESOURCES = 31;
  private static final int BUFFER = 64 * 1024;

  private Packages() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    MadeUpPackage made = MadeUpPackage.write(folder.resolve("package.zip"), PATIENTS, RESOURCES);
    System.out.printf(
        "%,d patients, %,d bytes, %,d packed%n",
        made.patients(), made.bytes(), made.zip().toFile().length());
    try (PierflowClient pierflow =
        PierflowClient.builder("http://127.0.0.1", Secret.of("pf_test_offline")).build()) {
      opening(made, pierflow, folder, rounds);
      reading(made, pierflow, folder, rounds);
    }
  }

  private static void opening(MadeUpPackage made, PierflowClient pierflow, Path folder, int rounds)
      throws IOException, InterruptedException {
    new Race(folder, into -> {})
        .with(
            "inflate and hash, 2 threads",
            into -> seconds(made.bytes(), () -> inflateAndHash(made.zip())))
        .with(
            "Ferry opens and verifies",
            into ->
                seconds(
                    PATIENTS,
                    () -> {
                      try (PackageArchive archive = pierflow.open(made.zip())) {
                        return archive.manifest().patients().size();
                      }
                    }))
        .with(
            "the same, each file well-formed to its end",
            into ->
                seconds(
                    PATIENTS,
                    () -> {
                      try (PackageArchive archive =
                          pierflow.open(made.zip(), options -> options.checkContent(true))) {
                        return archive.manifest().patients().size();
                      }
                    }))
        .run(3, rounds);
  }

  private static void reading(MadeUpPackage made, PierflowClient pierflow, Path folder, int rounds)
      throws IOException, InterruptedException {
    try (PackageArchive one = pierflow.open(made.zip());
        PackageArchive two = pierflow.open(made.zip(), options -> options.parallel(2))) {
      List<String> texts = new ArrayList<>();
      one.patients().forEach(patient -> texts.add(patient.json()));
      long entries = (long) PATIENTS * (RESOURCES + 1);
      new Race(folder, into -> {})
          .with(
              "HAPI's parser, one thread, texts in memory",
              into -> seconds(entries, () -> byHapi(texts)))
          .with("Ferry, one thread", into -> seconds(entries, () -> byFerry(one, false)))
          .with("Ferry, parallel(2)", into -> seconds(entries, () -> byFerry(two, false)))
          .with("Ferry, parallel(2), bound", into -> seconds(entries, () -> byFerry(two, true)))
          .run(2, rounds);
    }
  }

  /** Does it all and tells how much that was. */
  private interface Work {
    long done() throws IOException, InterruptedException;
  }

  private static double seconds(long promised, Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long done = work.done();
    double took = (System.nanoTime() - start) / 1e9;
    if (done != promised) {
      throw new IllegalStateException(done + " instead of " + promised);
    }
    return took;
  }

  private static long inflateAndHash(Path zip) throws IOException, InterruptedException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<ZipEntry> entries = file.stream().map(entry -> (ZipEntry) entry).toList();
      AtomicInteger next = new AtomicInteger();
      AtomicLong bytes = new AtomicLong();
      Runnable lane = () -> bytes.addAndGet(inflateAndHash(file, entries, next));
      Thread other = new Thread(lane);
      other.start();
      lane.run();
      other.join();
      return bytes.get();
    }
  }

  private static long inflateAndHash(ZipFile file, List<ZipEntry> entries, AtomicInteger next) {
    try {
      MessageDigest sha256 = Digests.sha256();
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      int hashed = 0;
      for (int i = next.getAndIncrement(); i < entries.size(); i = next.getAndIncrement()) {
        try (InputStream in = file.getInputStream(entries.get(i))) {
          for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            sha256.update(buffer, 0, got);
            bytes += got;
          }
        }
        hashed += sha256.digest().length;
      }
      return hashed == 0 ? -1 : bytes;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long byHapi(List<String> texts) {
    IParser parser = FhirR4.shared().context().newJsonParser();
    long entries = 0;
    for (String text : texts) {
      entries += parser.parseResource(Bundle.class, text).getEntry().size();
    }
    return entries;
  }

  private static long byFerry(PackageArchive archive, boolean bound) {
    long entries = 0;
    for (PackagedPatient patient : archive.patients()) {
      entries += (bound ? patient.bind() : patient).bundle().getEntry().size();
    }
    return entries;
  }
}
