package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.FerryException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the records and of documents, and how often it is sent at each fault. */
class RecordsFaultsTest extends PierflowServerTest {

  @TempDir Path folder;

  /** How often a call goes out when all that comes back is one of the faults, in their order. */
  private record Repeats(int broken, int busy, int tooMany, int reset, int cut) {

    /** Reads, and writes that change nothing when they come twice. */
    static final Repeats HARMLESS = new Repeats(3, 3, 3, 3, 3);

    /** Makes something new each time: only what has surely not been done. */
    static final Repeats CREATES = new Repeats(1, 3, 3, 1, 1);

    /** One look at a job; after a 429 the next look is soon enough. */
    static final Repeats LOOKS = new Repeats(5, 5, 1, 5, 5);
  }

  private record Trouble(
      String name,
      Class<? extends FerryException> error,
      ToIntFunction<Repeats> times,
      ResponseDefinitionBuilder answer) {

    @Override
    public String toString() {
      return name;
    }
  }

  private record Operation(String name, Repeats repeats, BiConsumer<PierflowClient, Path> call) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Trouble> troubles() {
    return List.of(
        new Trouble(
            "broken",
            ServerException.class,
            Repeats::broken,
            aResponse().withStatus(500).withBody("<html>" + Canary.FAMILY)),
        new Trouble("busy", ServerException.class, Repeats::busy, aResponse().withStatus(503)),
        new Trouble(
            "too many", RateLimitedException.class, Repeats::tooMany, aResponse().withStatus(429)),
        new Trouble(
            "reset",
            TransportException.class,
            Repeats::reset,
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        new Trouble(
            "cut",
            TransportException.class,
            Repeats::cut,
            aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
  }

  static List<Operation> operations() {
    return List.of(
        records("organizations", records -> records.organizations()),
        records("organization", records -> records.organization(ORGANIZATION)),
        records("patients", records -> records.patients(ORGANIZATION).iterator().next()),
        records("patientFhir", records -> records.patientFhir(ORGANIZATION, "pat_1")),
        records(
            "patientFhirByExternalId",
            records -> records.patientFhirByExternalId(ORGANIZATION, "emr_1")),
        records(
            "link", records -> records.link(ORGANIZATION, PatientLink.ofPatient("pat_1", "emr_1"))),
        records(
            "linkAll",
            records ->
                records.linkAll(ORGANIZATION, List.of(PatientLink.ofPatient("pat_1", "emr_1")))),
        records("findLink", records -> records.findLink("emr_1")),
        new Operation(
            "createBatch",
            Repeats.CREATES,
            (client, scan) -> client.ingest().createBatch(ORGANIZATION)),
        new Operation(
            "sign upload",
            Repeats.HARMLESS,
            (client, scan) -> client.ingest().upload(ScanBatch.of(ORGANIZATION, "bat_1"), scan)),
        new Operation("job", Repeats.LOOKS, (client, scan) -> client.ingest().job("job_1").poll()));
  }

  private static Operation records(String name, Consumer<PierflowRecords> call) {
    return new Operation(name, Repeats.HARMLESS, (client, scan) -> call.accept(client.records()));
  }

  static Stream<Arguments> each_operation_and_fault() {
    return operations().stream()
        .flatMap(operation -> troubles().stream().map(trouble -> arguments(operation, trouble)));
  }

  @ParameterizedTest
  @MethodSource("each_operation_and_fault")
  void a_fault_is_told_after_as_many_attempts_as_can_do_no_harm(
      Operation operation, Trouble trouble) {
    FerryException told = refused(operation, trouble.error(), trouble.answer());

    assertThat(requests()).hasSize(trouble.times().applyAsInt(operation.repeats()));
    assertThat(requests()).extracting(LoggedRequest::getBodyAsString).containsOnly(first());
    Canary.assertAbsent(told);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void a_page_of_html_is_no_answer_and_not_asked_for_again(Operation operation) {
    refused(
        operation,
        UnexpectedResponseException.class,
        aResponse().withHeader("Content-Type", "text/html").withBody("<html>" + Canary.FAMILY));

    assertThat(requests()).hasSize(1);
  }

  private String first() {
    return requests().get(0).getBodyAsString();
  }

  private FerryException refused(
      Operation operation,
      Class<? extends FerryException> error,
      ResponseDefinitionBuilder answer) {
    answers(answer);
    try (PierflowClient client = client()) {
      Path scan = Files.write(folder.resolve("scan.pdf"), new byte[] {1});
      FerryException told =
          catchThrowableOfType(error, () -> operation.call().accept(client, scan));
      assertThat(told).isNotNull();
      return told;
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }
}
