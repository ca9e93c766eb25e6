package health.ferry.bulkfhir;

import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, and clients whose backoff has no length. */
abstract class SandboxTest {

  static final Jitter NO_BACKOFF = () -> 0;
  static final ExportRequest EVERYTHING = ExportRequest.system().build();

  @TempDir Path folder;

  private final List<BulkFhirClient> clients = new ArrayList<>();
  private PartnerSandbox sandbox;
  BulkFhirPartner partner;

  @BeforeEach
  void startTheSandbox() {
    sandbox = PartnerSandbox.builder().patients(3).start();
    partner = sandbox.bulkFhir();
    partner.options(BulkFhirOptions.defaults().pollsUntilDone(1).resourcesPerFile(10));
  }

  @AfterEach
  void closeAll() {
    clients.forEach(BulkFhirClient::close);
    sandbox.close();
  }

  final void options(UnaryOperator<BulkFhirOptions> change) {
    partner.options(change.apply(partner.options()));
  }

  /** A client with the static token. */
  final BulkFhirClient client() {
    return client(builder -> builder);
  }

  final BulkFhirClient client(Time time) {
    return client(builder -> builder.time(time, NO_BACKOFF));
  }

  final BulkFhirClient client(UnaryOperator<BulkFhirClientBuilder> change) {
    return opened(builder -> change.apply(builder.token(Secret.of(partner.staticToken()))));
  }

  /** A client without a credential, unless the change gives it one. */
  final BulkFhirClient opened(UnaryOperator<BulkFhirClientBuilder> change) {
    BulkFhirClientBuilder builder =
        BulkFhirClient.builder(partner.baseUrl())
            .time(SystemTime.INSTANCE, NO_BACKOFF)
            .transport(SandboxTest::impatient);
    BulkFhirClient client = change.apply(builder).build();
    clients.add(client);
    return client;
  }

  private static TransportOptions.Builder impatient(TransportOptions.Builder transport) {
    return transport.stallTimeout(Duration.ofMillis(400));
  }

  final Path out() {
    return folder.resolve("out");
  }

  /** The requests that the FHIR server saw, without those to the file server. */
  final List<RecordedRequest> controlRequests() {
    List<RecordedRequest> files = partner.files().requests();
    return partner.requests().stream().filter(request -> !files.contains(request)).toList();
  }

  final List<RecordedRequest> controlRequests(String method, String pathPart) {
    return controlRequests().stream()
        .filter(request -> request.method().equals(method) && request.path().contains(pathPart))
        .toList();
  }

  /** The path on the file server of the first file of a type. */
  final String filePath(String type) {
    return partner.lastJob().filePaths(type).get(0);
  }

  /** Every file that a reader of the directory sees, with its text. */
  static Map<String, String> contents(Path directory) {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (!name.startsWith(".ferry") && !name.equals("log.ndjson")) {
          found.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
    return found;
  }

  /** The names of the files that are whole, also while others come and go. */
  static List<String> finished(Path directory) {
    return Stream.of("", "deleted/", "error/")
        .flatMap(folder -> names(directory.resolve(folder)).map(name -> folder + name))
        .filter(name -> name.endsWith(".ndjson") && !name.equals("log.ndjson"))
        .sorted()
        .toList();
  }

  private static Stream<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? Stream.empty() : Stream.of(names);
  }
}
