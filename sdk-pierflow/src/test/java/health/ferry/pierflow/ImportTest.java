package health.ferry.pierflow;

import health.ferry.core.Secret;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPartner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Imports from the sandbox into a directory, with a handler that remembers whom it was given. */
abstract class ImportTest {

  static final int PATIENTS = 6;

  @TempDir Path folder;
  Path directory;
  PartnerSandbox sandbox;
  PierflowPartner partner;
  PierflowClient client;

  /** Ids in the order of handing out; {@code again} marks those maybe handled before. */
  final List<String> handed = new ArrayList<>();

  @BeforeEach
  void start() {
    sandbox = PartnerSandbox.builder().patients(patientCount()).pierflow(options()).start();
    partner = sandbox.pierflow();
    client = client(partner.apiKey());
    directory = folder.resolve("import");
  }

  @AfterEach
  void stop() {
    client.close();
    sandbox.close();
  }

  int patientCount() {
    return PATIENTS;
  }

  PierflowOptions options() {
    return PierflowOptions.defaults();
  }

  PierflowClient client(String key) {
    return PierflowClient.builder(partner.baseUrl(), Secret.of(key)).build();
  }

  /** Remembers, and asks another handler for the outcome. */
  PatientHandler remembering(PatientHandler next) {
    return patient -> {
      handed.add(patient.patientId() + (patient.maybeHandledBefore() ? " again" : ""));
      return next.handle(patient);
    };
  }

  ImportReport run(PatientHandler handler, UnaryOperator<ImportOptions> options) {
    return client.importAll(partner.organizationId(), directory, remembering(handler), options);
  }

  ImportReport run(PatientHandler handler) {
    return run(handler, options -> options);
  }

  ImportReport run() {
    return run(patient -> PatientOutcome.imported());
  }

  String onlyPackage() {
    return partner.packages().get(0).id();
  }

  List<String> patients() {
    return partner.packages().get(0).patientIds();
  }

  /** The lines of a package's journal without their checksums. */
  List<String> journal(String packageId) {
    try {
      return Files.readAllLines(directory.resolve(packageId + ".journal")).stream()
          .map(line -> line.substring(9))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The names in the directory but for the lock. */
  List<String> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".ferry"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
