package health.ferry.bulkfhir;

import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.retry.HintedWait;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.fhir.internal.OutcomeErrors;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server to start an export.
 *
 * <p>A 429 or 503 means that it is busy, mostly with another export: that is waited out, at most
 * five minutes at a time, and is no retry. A lost answer is retried once, since it may leave a job
 * that nobody knows.
 */
final class KickOff {

  private static final Logger log = LoggerFactory.getLogger(KickOff.class);

  private static final String SEPARATE_STATUS = "separate-export-status";

  private final Transport transport;
  private final HttpUrl base;
  private final ExportPreset preset;
  private final ServerMetadata metadata;
  private final HintedWait whenBusy;

  KickOff(Transport transport, HttpUrl base, ExportPreset preset, ServerMetadata metadata) {
    this.transport = transport;
    this.base = base;
    this.preset = preset;
    this.metadata = metadata;
    this.whenBusy =
        new HintedWait(Duration.ofSeconds(2), Duration.ofMinutes(1), transport.jitter());
  }

  /** How the kick-off will be written; may ask the server what it reads. */
  KickOffForm form(ExportRequest request, CallContext call) {
    return KickOffForm.of(base, request, preset, () -> metadata.ask(call));
  }

  /** Starts the export and returns the job's status URL. */
  HttpUrl start(ExportRequest request, KickOffForm form, CallContext call) {
    for (int tries = 1; ; tries++) {
      try {
        return transport.send(exchange(request, form), call);
      } catch (RateLimitedException | ServerException busy) {
        if (!isBusy(busy, call)) {
          throw busy;
        }
        waitWhileBusy(tries, busy, call);
      }
    }
  }

  /** A token endpoint that is away has said nothing of exports. */
  private static boolean isBusy(ApiException refused, CallContext call) {
    boolean ofTheKickOff = refused.operation().equals(call.info().operation());
    return ofTheKickOff && (refused.status() == 429 || refused.status() == 503);
  }

  private void waitWhileBusy(int tries, ApiException busy, CallContext call) {
    Duration wait = whenBusy.after(tries, busy.retryAfter());
    if (wait.compareTo(call.deadline().left()) >= 0) {
      throw busy;
    }
    log.info("{}: the server is busy ({}), trying again in {}", call.info(), busy.status(), wait);
    call.sleep(wait);
  }

  private static String preferences(ExportRequest request) {
    return "respond-async"
        + (request.separatesExportStatus() ? "," + SEPARATE_STATUS : "")
        + (request.isLenient() ? ", handling=lenient" : "");
  }

  private Exchange<HttpUrl> exchange(ExportRequest request, KickOffForm form) {
    return form.exchange(KickOffUrl.route(request), answer -> started(request, form, answer))
        // K2: exactly this, some servers refuse even a list that holds it.
        .header("Accept", "application/fhir+json")
        .header("Prefer", preferences(request))
        .credential(CredentialScope.OWN_ORIGIN)
        .accept(202)
        .errors(OutcomeErrors::of)
        .retry(RetryClass.START)
        .build();
  }

  private HttpUrl started(ExportRequest request, KickOffForm form, Answer answer) {
    if (request.separatesExportStatus() && !hasSeparateStatus(answer)) {
      log.debug("{}: the server keeps the export's status in its own", answer.call().info());
    }
    return statusUrl(answer, form.operation());
  }

  /** K5: in force only if the answer names both, in one header or in two. */
  private static boolean hasSeparateStatus(Answer answer) {
    Set<String> applied =
        answer.headers("Preference-Applied").stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .map(preference -> preference.trim().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return applied.containsAll(Set.of("respond-async", SEPARATE_STATUS));
  }

  private HttpUrl statusUrl(Answer answer, HttpUrl asked) {
    CallInfo call = answer.call().info();
    // Smile CDR and some Medplum releases name the job in Location.
    String named =
        answer
            .header("Content-Location")
            .or(() -> answer.header("Location"))
            .orElseThrow(
                () ->
                    new UnexpectedResponseException(
                        call, "the server accepted the export but named no status URL", null));
    // RFC 9110 §8.7: a relative one counts from the URL that was asked.
    HttpUrl url = asked.resolve(named);
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the status URL that the server named is no http or https URL", null);
    }
    Origin home = Origin.of(base);
    transport.urls().requireHandedOut(url, home, "status URL", call);
    if (!Origin.of(url).equals(home)) {
      throw new UnexpectedResponseException(
          call, "the status URL that the server named is on another origin", null);
    }
    return url;
  }
}
