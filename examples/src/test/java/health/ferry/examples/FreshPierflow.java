package health.ferry.examples;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowAcknowledgement;
import health.ferry.testkit.PierflowPackage;
import health.ferry.testkit.PierflowPartner;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Pierflow with one package that is ready and a folder for each test, and the command between.
 */
abstract class FreshPierflow {

  static final int PATIENTS = 4;

  @TempDir Path folder;

  private final PartnerSandbox sandbox = PartnerSandbox.builder().patients(PATIENTS).start();
  final PierflowPartner server = sandbox.pierflow();

  @AfterEach
  void close() {
    sandbox.close();
  }

  Path out() {
    return folder.resolve("out");
  }

  FerryRun importAll(String... more) {
    return FerryRun.here(args(more));
  }

  String[] args(String... more) {
    return argsOf(server.baseUrl(), server.organizationId(), more);
  }

  String[] argsOf(String baseUrl, String organization, String... more) {
    List<String> args = new ArrayList<>(List.of("pierflow-import", "--json"));
    args.addAll(List.of("--base-url", baseUrl, "--organization", organization));
    args.addAll(List.of("--out", out().toString()));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  PierflowPackage firstPackage() {
    return server.packages().get(0);
  }

  /** What the folder of a package must hold: each patient's Bundle, as the server has it. */
  static Map<String, String> bundlesOf(PierflowPackage served) {
    Map<String, String> bundles = new TreeMap<>();
    served.patientIds().forEach(id -> bundles.put(id + ".json", served.bundle(id)));
    return bundles;
  }

  /** What the folder of a package holds, by name; empty when there is no such folder. */
  Map<String, String> filesOf(String packageId) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path of = out().resolve(packageId);
    if (Files.exists(of)) {
      try (Stream<Path> list = Files.list(of)) {
        for (Path file : list.toList()) {
          files.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return files;
  }

  List<String> acknowledged() {
    return server.acknowledgements().stream().map(PierflowAcknowledgement::packageId).toList();
  }

  long requests(String ending) {
    return server.requests().stream()
        .map(RecordedRequest::path)
        .filter(p -> p.endsWith(ending))
        .count();
  }

  /** Each package of a result: id, patients, imported, failed, acknowledged. */
  static List<List<Object>> packages(JsonNode result) {
    List<List<Object>> packages = new ArrayList<>();
    for (JsonNode one : result.path("packages")) {
      packages.add(
          List.of(
              one.path("id").asText(),
              one.path("patients").asInt(),
              one.path("imported").asInt(),
              one.path("failed").asInt(),
              one.path("acknowledged").asBoolean()));
    }
    return packages;
  }
}
