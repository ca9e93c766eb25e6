package health.ferry.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.Canary;
import health.ferry.testkit.PierflowAcknowledgement;
import health.ferry.testkit.PierflowPackage;
import health.ferry.testkit.PierflowPartner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One scenario from its first run to the end, and what must hold on the way, whatever goes wrong:
 * every patient is handed out exactly once, as the package has it; no package is acknowledged
 * before that, nor again after a 2xx, nor with another body; and the key goes nowhere else.
 */
public final class ImportTrial {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImportScenario scenario;
  private final RawPierflowServer server;
  private final Importer importer;
  private final List<String> acknowledgedTooEarly = new CopyOnWriteArrayList<>();

  private ImportTrial(ImportScenario scenario, RawPierflowServer server, Importer importer) {
    this.scenario = scenario;
    this.server = server;
    this.importer = importer;
  }

  public static void run(ImportScenario scenario, Importer importer, Path directory)
      throws Exception {
    Files.createDirectory(directory);
    try (RawPierflowServer server = scenario.server()) {
      ImportTrial trial = new ImportTrial(scenario, server, importer);
      server.beforeAcknowledgement(trial::lookForMissing);
      trial.run(directory);
    }
  }

  private void lookForMissing(String packageId) {
    List<String> handedOut = importer.handedOut().stream().map(HandedOut::patientId).toList();
    if (server.built().stream()
        .filter(one -> one.id().equals(packageId))
        .anyMatch(one -> !handedOut.containsAll(one.patientIds()))) {
      acknowledgedTooEarly.add(packageId);
    }
  }

  private void run(Path directory) throws Exception {
    judgeFirst(importer.run(scenario, server, directory));
    server.heal();
    // After a complete run, another one finds nothing to do.
    ImportOutcome second = importer.run(scenario, server, directory);
    assertThat(second.complete()).as("the run after the fault: %s", second).isTrue();
    assertThat(second.exitCode()).isIn(null, 0);
    assertEachPatientHandedOutOnce();
    assertEachPackageAcknowledgedOnce();
    assertThat(server.requestsElsewhere())
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
  }

  private void judgeFirst(ImportOutcome first) {
    assertThat(first.acknowledged())
        .as("acknowledged: %s", first)
        .isEqualTo(scenario.acknowledged());
    assertThat(first.exitCode()).isIn(null, scenario.exitCode());
    assertThat(first.complete()).as("%s", first).isEqualTo(scenario.error().isEmpty());
    if (first.exitCode() == null) {
      assertThat(first.causes().isEmpty()).as("no cause").isEqualTo(scenario.error().isEmpty());
    }
    assertThat(first.causes())
        .allSatisfy(
            cause -> {
              assertThat(cause).isInstanceOf(scenario.error().orElseThrow());
              Canary.assertAbsent(cause);
            });
    assertThat(acknowledgedAtPartner())
        .as("acknowledged at the partner")
        .isGreaterThanOrEqualTo(scenario.acknowledged());
    scenario
        .requests()
        .ifPresent(
            number ->
                assertThat(server.requests(scenario.stage())).as("requests").isEqualTo(number));
  }

  private long acknowledgedAtPartner() {
    return partner().packages().stream().filter(one -> one.status().equals("ACKNOWLEDGED")).count();
  }

  private void assertEachPatientHandedOutOnce() {
    List<HandedOut> all =
        server.built().stream()
            .flatMap(
                one ->
                    one.patientIds().stream()
                        .map(patient -> new HandedOut(patient, one.bundle(patient))))
            .toList();
    assertThat(importer.handedOut()).containsExactlyInAnyOrderElementsOf(all);
  }

  private void assertEachPackageAcknowledgedOnce() throws Exception {
    assertThat(acknowledgedTooEarly).as("acknowledged before all were handed out").isEmpty();
    assertThat(server.acknowledgedAgain()).as("acknowledged after a 2xx").isEmpty();
    for (PierflowPackage one : server.built()) {
      List<String> bodies =
          partner().acknowledgements().stream()
              .filter(acknowledgement -> acknowledgement.packageId().equals(one.id()))
              .map(PierflowAcknowledgement::json)
              .distinct()
              .toList();
      assertThat(bodies).as("different acknowledgements of a package").hasSize(1);
      JsonNode body = JSON.readTree(bodies.get(0));
      int failed = importer.refusesLast() ? 1 : 0;
      assertThat(body.path("imported_patient_count").asInt())
          .isEqualTo(one.patientIds().size() - failed);
      assertThat(body.path("failed_patient_ids")).hasSize(failed);
    }
    assertThat(partner().waiting())
        .as("wait for the next package")
        .containsExactlyInAnyOrderElementsOf(
            importer.refusesLast() ? server.lastOfEach() : List.of());
  }

  private PierflowPartner partner() {
    return server.partner();
  }
}
