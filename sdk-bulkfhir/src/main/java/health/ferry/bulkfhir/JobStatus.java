package health.ferry.bulkfhir;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.OperationStatus;
import health.ferry.core.OperationStatus.State;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.AnswerReader;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.fhir.IssueCode;
import health.ferry.fhir.OperationOutcomes;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.internal.OutcomeErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a job's status URL how the job is, what it has made, and to forget it. */
final class JobStatus {

  private static final Logger log = LoggerFactory.getLogger(JobStatus.class);

  private final Transport transport;
  private final HttpUrl statusUrl;
  private final ManifestPages pages;

  JobStatus(Transport transport, HttpUrl base, HttpUrl statusUrl) {
    this.transport = transport;
    this.statusUrl = statusUrl;
    this.pages = new ManifestPages(transport, base, statusUrl);
  }

  /**
   * What one look told.
   *
   * @param hint how long the server asks to wait before the next look
   * @param manifest of a job that has ended; or, partial, of one that still runs
   */
  record Look(OperationStatus status, Optional<Duration> hint, Optional<ExportManifest> manifest) {

    boolean isDone() {
      return status.state() == State.COMPLETED;
    }

    private static Look later(Optional<Duration> hint) {
      return new Look(OperationStatus.of(State.RUNNING, null), hint, Optional.empty());
    }
  }

  /** One answer of the status URL, the first page of a manifest with it if there is one. */
  private record FirstAnswer(
      OperationStatus status, Optional<Duration> hint, Optional<ManifestPage> page) {}

  Look look(CallContext call) {
    try {
      FirstAnswer answer = transport.send(exchange("GET", this::read).build(), call);
      boolean ended = answer.status().state() == State.COMPLETED;
      return new Look(
          answer.status(),
          answer.hint(),
          answer
              .page()
              .flatMap(page -> ended ? Optional.of(pages.whole(page, call)) : soFar(page, call)));
    } catch (ApiException failure) {
      // S6: a transient outcome says «later», under any status.
      boolean later =
          failure.errorCode().map(code -> IssueCode.of(code).isTransient()).orElse(false);
      if (later && failure.status() < 500 && failure.status() != 429) {
        return Look.later(failure.retryAfter());
      }
      throw failure;
    }
  }

  /** What cannot be read of a manifest that still grows is no news, and no end of the job. */
  private Optional<ExportManifest> soFar(ManifestPage page, CallContext call) {
    try {
      return Optional.of(pages.soFar(page, call));
    } catch (ApiException | UnexpectedResponseException notYet) {
      log.debug("{}: a page of the manifest is not there yet", call.info());
      return Optional.empty();
    }
  }

  private FirstAnswer read(Answer answer) throws IOException {
    RawResponse raw = answer.raw(transport.options().maxJsonBytes());
    int status =
        answer.header("X-Export-Status").flatMap(JobStatus::number).orElse(answer.status());
    if (status >= 400) {
      return laterOrFailed(status, raw, answer);
    }
    if (status == 202) {
      OperationStatus running =
          OperationStatus.of(
              State.RUNNING, answer.header("X-Progress").map(JobStatus::printable).orElse(null));
      return new FirstAnswer(
          running,
          answer.retryAfter(),
          ManifestPage.peek(raw, answer.call().info()).map(page -> ownWord(page, answer)));
    }
    return new FirstAnswer(
        OperationStatus.of(State.COMPLETED, null),
        Optional.empty(),
        Optional.of(ownWord(ManifestPage.of(raw, answer.call().info()), answer)));
  }

  /** A redirect may have led to another server, which must not send the token anywhere. */
  private ManifestPage ownWord(ManifestPage page, Answer answer) {
    return answer.origin().equals(Origin.of(statusUrl)) ? page : page.ofStranger(Optional.empty());
  }

  /**
   * S5, {@code separate-export-status}: the answer's own status is of the poll alone, the job's
   * stands in {@code X-Export-Status}; S6 holds for it too.
   */
  private static FirstAnswer laterOrFailed(int status, RawResponse raw, Answer answer) {
    boolean later = OperationOutcomes.read(raw.bytes()).map(Outcome::isTransient).orElse(false);
    if (later) {
      return new FirstAnswer(
          OperationStatus.of(State.RUNNING, null), answer.retryAfter(), Optional.empty());
    }
    throw new OperationFailedException(
        answer.call().info(),
        "the server gave the job up with " + status,
        raw,
        OutcomeErrors.of(answer.call().info(), ApiError.of(status, ""), raw));
  }

  private static Optional<Integer> number(String status) {
    // Some servers add the reason phrase.
    return Optional.of(status)
        .filter(text -> text.matches("[1-5][0-9]{2}( .*)?"))
        .map(text -> Integer.valueOf(text.substring(0, 3)));
  }

  /** S3: free text of less than 100 characters, meant to be shown; not every server keeps to it. */
  private static String printable(String progress) {
    String text = progress.replaceAll("\\p{Cc}", " ").strip();
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  /**
   * D1: a wish, not an order; a job that is gone, or that the server never deletes, is as good.
   *
   * @throws health.ferry.core.FerryException when the server refuses otherwise or cannot be reached
   */
  void delete(CallContext call) {
    transport.send(
        exchange("DELETE", answer -> answer.status()).accept(200, 202, 204, 404, 405, 410).build(),
        call);
  }

  private <T> Exchange.Builder<T> exchange(String method, AnswerReader<T> reader) {
    return Exchange.of(method, statusUrl, "(status URL)", reader)
        .header("Accept", "application/json")
        .credential(CredentialScope.OWN_ORIGIN)
        .accept(200, 202)
        .errors(JobErrors::ofJob)
        .retry(RetryClass.POLL);
  }
}
