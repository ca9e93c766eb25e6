package health.ferry.bulkfhir;

import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.OperationStatus;
import health.ferry.core.OperationStatus.State;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Asks a job's status URL how the job is, what it has made, and to forget it. */
final class JobStatus {

  private static final int MAX_PAGES = 1_000;

  /** All pages together may be as large as so many of the largest. */
  private static final int MAX_FULL_PAGES = 8;

  private final Transport transport;
  private final HttpUrl base;
  private final HttpUrl statusUrl;

  JobStatus(Transport transport, HttpUrl base, HttpUrl statusUrl) {
    this.transport = transport;
    this.base = base;
    this.statusUrl = statusUrl;
  }

  /** What one look told: running with a hint, or done with the manifest. */
  record Look(OperationStatus status, Optional<Duration> hint, Optional<ExportManifest> manifest) {

    static Look running(Optional<String> progress, Optional<Duration> hint) {
      return new Look(
          OperationStatus.of(State.RUNNING, progress.orElse(null)), hint, Optional.empty());
    }

    static Look done(ExportManifest manifest) {
      return new Look(
          OperationStatus.of(State.COMPLETED, null), Optional.empty(), Optional.of(manifest));
    }
  }

  /** The first page of a manifest, or how far the job is. */
  private record FirstAnswer(Optional<ManifestPage> page, Look running) {}

  Look look(CallContext call) {
    try {
      FirstAnswer answer = transport.send(exchange("GET", this::read).build(), call);
      return answer.page().map(page -> Look.done(allPages(page, call))).orElse(answer.running());
    } catch (ApiException failure) {
      // S6: a transient outcome says «later», under any status.
      boolean later =
          failure.errorCode().map(code -> IssueCode.of(code).isTransient()).orElse(false);
      if (later && failure.status() < 500 && failure.status() != 429) {
        return Look.running(Optional.empty(), failure.retryAfter());
      }
      throw failure;
    }
  }

  private FirstAnswer read(Answer answer) throws IOException {
    if (answer.status() == 202) {
      return new FirstAnswer(
          Optional.empty(),
          Look.running(answer.header("X-Progress").map(JobStatus::printable), answer.retryAfter()));
    }
    return new FirstAnswer(
        Optional.of(page(answer)), Look.running(Optional.empty(), Optional.empty()));
  }

  /** S3: free text of less than 100 characters, meant to be shown; not every server keeps to it. */
  private static String printable(String progress) {
    String text = progress.replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  private ManifestPage page(Answer answer) throws IOException {
    return ManifestPage.of(answer.raw(transport.options().maxJsonBytes()), answer.call().info());
  }

  /**
   * M2: a manifest may go on at {@code link.next}, and what it lists there is as much part of it.
   */
  private ExportManifest allPages(ManifestPage first, CallContext call) {
    List<ManifestFile> files = new ArrayList<>(first.files());
    List<String> raw = new ArrayList<>(List.of(first.raw()));
    Set<HttpUrl> seen = new HashSet<>(Set.of(statusUrl));
    Optional<Instant> time = first.transactionTime();
    Optional<String> next = first.next();
    while (next.isPresent()) {
      requireBounded(raw, call.info());
      HttpUrl url = nextPage(next.get(), call.info());
      if (!seen.add(url)) {
        throw new UnexpectedResponseException(
            call.info(), "the manifest's pages lead in a circle", null);
      }
      ManifestPage page =
          transport.send(
              Exchange.of("GET", url, "(next manifest page)", this::page)
                  .header("Accept", "application/json")
                  .credential(CredentialScope.OWN_ORIGIN)
                  .errors(OutcomeErrors::of)
                  .build(),
              call.step("manifest page"));
      files.addAll(page.files());
      raw.add(page.raw());
      next = page.next();
    }
    return new ExportManifest(time.orElse(null), first.requiresAccessToken(), files, raw);
  }

  /** Pages without end would otherwise fill the memory. */
  private void requireBounded(List<String> pages, CallInfo call) {
    long size = pages.stream().mapToLong(String::length).sum();
    if (pages.size() >= MAX_PAGES
        || size > (long) MAX_FULL_PAGES * transport.options().maxJsonBytes()) {
      throw new UnexpectedResponseException(call, "the manifest's pages do not end", null);
    }
  }

  private HttpUrl nextPage(String named, CallInfo call) {
    HttpUrl url = statusUrl.resolve(named);
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the manifest's next page is no http or https URL", null);
    }
    transport.urls().requireHandedOut(url, Origin.of(base), "next manifest page", call);
    return url;
  }

  /**
   * D1: a wish, not an order; a job that is gone, or that the server never deletes, is as good.
   *
   * @throws FerryException when the server refuses otherwise or cannot be reached
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
        .errors(OutcomeErrors::ofJob)
        .retry(RetryClass.POLL);
  }
}
