package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.fhir.FhirR4;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same on other threads, and how it is given up. */
@Timeout(60)
class AsyncSubmitTest extends HamiServerTest {

  @TempDir Path folder;

  private HamiClient realClient(String url) {
    return HamiClient.builder(url, GROUP, key).time(SystemTime.INSTANCE, () -> 0).build();
  }

  @Test
  void bundles_and_runs_of_them_come_back_later() throws Exception {
    answers(json(200, ACCEPTED));
    Bundle bundle = FhirR4.shared().codec().parse(Bundle.class, SeedBundle.text());
    try (HamiClient client = realClient(baseUrl())) {
      CompletableFuture<IngestionReceipt> typed =
          client.submitAsync(bundle, CallOptions.defaults());
      CompletableFuture<IngestionReceipt> json =
          client.submitAsync(SeedBundle.text(), CallOptions.defaults());
      CompletableFuture<IngestionReport> resources =
          client.submitAllAsync(MadeUpResources.ofPatients(2), options -> options);
      CompletableFuture<IngestionReport> bundles =
          client.submitAllAsync(
              TransactionBundles.of(MadeUpResources.ofPatients(1)), options -> options);

      assertThat(typed.get().transactionId()).isEqualTo("t3zL38PrPDaFp2fLL4DvtY");
      assertThat(json.get().transactionId()).isEqualTo("t3zL38PrPDaFp2fLL4DvtY");
      assertThat(resources.get().accepted()).isEqualTo(2);
      assertThat(bundles.get().accepted()).isEqualTo(1);
    }
  }

  @Test
  void a_failure_comes_through_the_future() {
    try (HamiClient client = realClient(baseUrl())) {
      CompletableFuture<IngestionReport> nothing =
          client.submitAllAsync(List.of(), options -> options);
      assertThatThrownBy(nothing::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void cancelling_stops_the_socket_and_the_journal_stays_true() throws Exception {
    Path journal = folder.resolve("ingest.journal");
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HamiClient client = realClient("http://127.0.0.1:" + silent.getLocalPort())) {
      CompletableFuture<IngestionReport> run =
          client.submitAllAsync(
              MadeUpResources.ofPatients(3),
              options -> options.journal(journal).deadline(Duration.ofMinutes(10)));
      try (Socket connection = silent.accept()) {
        readRequest(connection.getInputStream());
        assertThat(run.cancel(true)).isTrue();

        connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        assertThat(endOf(connection.getInputStream())).isTrue();
      }
      assertThatThrownBy(run::get).isInstanceOf(CancellationException.class);
    }
    assertThat(Files.readString(journal)).contains("\"started\":").doesNotContain("\"accepted\":");
  }

  /** Reads up to the bundle's last entry. */
  private static void readRequest(InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    while (!read.toString().endsWith("\"url\":\"Observation\"}}]}")) {
      int next = in.read();
      assertThat(next).isNotNegative();
      read.append((char) next);
    }
  }

  private static boolean endOf(InputStream in) throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
