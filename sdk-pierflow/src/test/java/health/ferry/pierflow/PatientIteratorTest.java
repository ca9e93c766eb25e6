package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.time.Cancellation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patients come in the order of the manifest, whoever reads them. */
class PatientIteratorTest {

  private static final int PATIENTS = 60;

  @TempDir Path folder;

  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private Path zip() throws IOException {
    return Files.write(folder.resolve("package.zip"), PackageContent.of(PATIENTS).bytes());
  }

  private PackageArchive open(int parallel, Executor threads) throws IOException {
    return PackageArchive.open(
        zip(), OpenOptions.defaults().parallel(parallel), threads, new Cancellation());
  }

  private static void requireAll(PackageArchive archive) {
    List<String> ids = new ArrayList<>();
    for (PackagedPatient patient : archive.patients()) {
      ids.add(patient.patientId());
      assertThat(patient.json()).isEqualTo(PackageContent.bundle(patient.patientId()));
      assertThat(patient.bundle().getEntry()).hasSize(2);
      PackagedPatient bound = patient.bind();
      assertThat(bound.boundReferences())
          .containsExactly("Observation/obs_bp_" + patient.patientId() + ".subject");
      assertThat(bound.bundle().getEntry().get(1).getResource().getIdElement().getIdPart())
          .isEqualTo("obs_bp_" + patient.patientId());
      assertThat(bound.json()).contains("\"reference\": \"Patient/" + patient.patientId() + '"');
    }
    assertThat(ids).isEqualTo(PackageContent.ids(PATIENTS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64})
  void come_in_order_with_any_number_of_threads(int parallel) throws IOException {
    try (PackageArchive archive = open(parallel, pool)) {
      requireAll(archive);
      requireAll(archive);
    }
  }

  @Test
  void are_read_by_the_caller_where_the_executor_has_no_room() throws IOException {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    try (PackageArchive archive = open(4, full)) {
      requireAll(archive);
    }
  }

  @Test
  void are_read_by_the_caller_where_no_helper_ever_comes() throws IOException {
    ConcurrentLinkedQueue<Runnable> never = new ConcurrentLinkedQueue<>();
    try (PackageArchive archive = open(2, never::add)) {
      requireAll(archive);
    }
    assertThat(never).isNotEmpty();
    never.forEach(Runnable::run);
  }

  @Test
  void are_forgotten_when_handed_out_though_no_helper_ever_comes() throws IOException {
    List<WeakReference<PackagedPatient>> handed = new ArrayList<>();
    try (PackageArchive archive = open(2, task -> {})) {
      Iterator<PackagedPatient> patients = archive.patients().iterator();
      while (patients.hasNext()) {
        handed.add(new WeakReference<>(patients.next()));
      }
      System.gc();

      assertThat(handed).hasSize(PATIENTS);
      assertThat(handed.stream().filter(patient -> patient.get() != null).count())
          .isLessThanOrEqualTo(1);
      assertThat(patients.hasNext()).isFalse();
    }
  }

  @Test
  void are_read_where_the_executor_is_the_caller() throws IOException {
    try (PackageArchive archive = open(2, Runnable::run)) {
      requireAll(archive);
    }
  }

  @Test
  void are_read_by_others_ahead_of_the_caller() throws IOException {
    Set<String> readers = ConcurrentHashMap.newKeySet();
    Executor noted =
        task ->
            pool.execute(
                () -> {
                  readers.add(Thread.currentThread().getName());
                  task.run();
                });
    try (PackageArchive archive = open(2, noted)) {
      readers.clear();
      requireAll(archive);
    }
    assertThat(readers).isNotEmpty();
  }

  @Test
  void a_model_is_the_callers_alone() throws IOException {
    try (PackageArchive archive = open(2, pool)) {
      for (PackagedPatient patient : archive.patients()) {
        patient.bundle().getEntry().clear();
        assertThat(patient.bundle().getEntry()).hasSize(2);
      }
    }
  }

  @Test
  void one_that_was_changed_on_disk_is_refused_in_its_turn_and_the_others_come()
      throws IOException {
    Path zip = zip();
    byte[] bytes = Files.readAllBytes(zip);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int inTheMiddle = text.indexOf("patients/pat_30.json") + 100;
    try (PackageArchive archive =
            PackageArchive.open(zip, OpenOptions.defaults().parallel(2), pool, new Cancellation());
        RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.seek(inTheMiddle);
      file.write(bytes[inTheMiddle] ^ 0xFF);
      Iterator<PackagedPatient> patients = archive.patients().iterator();
      List<String> ids = new ArrayList<>();
      int refused = 0;
      while (patients.hasNext()) {
        try {
          ids.add(patients.next().patientId());
        } catch (IntegrityException changed) {
          assertThat(ids).hasSize(29);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
      assertThat(ids).hasSize(PATIENTS - 1).doesNotContain("pat_30");
    }
  }

  @Test
  void the_verification_ends_when_the_caller_is_interrupted() throws IOException {
    Executor stuck = task -> {};
    try (PackageArchive archive = open(1, stuck)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> open(1, stuck)).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      requireAll(archive);
    }
  }

  @Test
  void the_verification_ends_when_it_is_cancelled() throws IOException {
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    Path zip = zip();
    assertThatThrownBy(() -> PackageArchive.open(zip, OpenOptions.defaults(), pool, cancelled))
        .isInstanceOf(CancelledException.class);
  }
}
