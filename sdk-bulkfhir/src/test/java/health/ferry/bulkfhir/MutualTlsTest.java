package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import health.ferry.core.TransportException;
import health.ferry.core.internal.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLParameters;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that lets nobody in without a certificate, and the caller's OkHttpClient that has one.
 */
class MutualTlsTest {

  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
  private static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().commonName("ward-7").build();

  @TempDir Path folder;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private String origin;

  @BeforeEach
  void startTheServer() throws IOException {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(SERVER)
            .addTrustedCertificate(CLIENT.certificate())
            .build();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(certificates.sslContext()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters demanding = getSSLContext().getDefaultSSLParameters();
            demanding.setNeedClientAuth(true);
            parameters.setSSLParameters(demanding);
          }
        });
    server.createContext("/", this::answer);
    server.start();
    origin = "https://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    seen.add(call + " by " + name);
    switch (call) {
      case "GET /fhir/$export" -> {
        exchange.getResponseHeaders().set("Content-Location", origin + "/job");
        exchange.sendResponseHeaders(202, -1);
      }
      case "GET /job" -> body(exchange, "application/json", manifest());
      case "GET /patients" ->
          body(
              exchange, "application/fhir+ndjson", "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n");
      default -> exchange.sendResponseHeaders(202, -1);
    }
    exchange.close();
  }

  private String manifest() {
    return "{\"requiresAccessToken\":false,\"output\":[{\"type\":\"Patient\",\"url\":\""
        + origin
        + "/patients\"}]}";
  }

  private static void body(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private BulkFhirClient client(HandshakeCertificates certificates) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
            .build();
    return BulkFhirClient.builder(origin + "/fhir")
        .time(SystemTime.INSTANCE, SandboxTest.NO_BACKOFF)
        .transport(t -> t.okHttpClient(http))
        .build();
  }

  @Test
  void every_call_of_an_export_shows_the_certificate() throws Exception {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(CLIENT)
            .addTrustedCertificate(SERVER.certificate())
            .build();
    ExportResult result;
    try (BulkFhirClient client = client(certificates)) {
      result = client.export(ExportRequest.system().build(), folder.resolve("out"));
    }

    assertThat(result.isComplete()).isTrue();
    assertThat(Files.readString(folder.resolve("out/Patient-1.ndjson")))
        .isEqualTo("{\"resourceType\":\"Patient\",\"id\":\"1\"}\n");
    assertThat(seen)
        .containsExactly(
            "GET /fhir/metadata by CN=ward-7",
            "GET /fhir/$export by CN=ward-7",
            "GET /job by CN=ward-7",
            "GET /patients by CN=ward-7",
            "DELETE /job by CN=ward-7");
  }

  @Test
  void without_a_certificate_nothing_is_asked() {
    HandshakeCertificates trusting =
        new HandshakeCertificates.Builder().addTrustedCertificate(SERVER.certificate()).build();
    try (BulkFhirClient client = client(trusting)) {
      TransportException refused =
          catchThrowableOfType(
              TransportException.class, () -> client.startExport(ExportRequest.system().build()));

      assertThat(refused.operation()).isEqualTo("kick-off");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void a_server_that_nobody_vouches_for_is_not_spoken_to() {
    HandshakeCertificates strangers =
        new HandshakeCertificates.Builder().heldCertificate(CLIENT).build();
    try (BulkFhirClient client = client(strangers)) {
      TransportException refused =
          catchThrowableOfType(
              TransportException.class, () -> client.startExport(ExportRequest.system().build()));

      assertThat(refused.phase()).isEqualTo(TransportException.Phase.TLS);
      assertThat(refused.mayHaveBeenProcessed()).isFalse();
      assertThat(seen).isEmpty();
    }
  }
}
