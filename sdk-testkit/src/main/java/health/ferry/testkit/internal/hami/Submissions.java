package health.ferry.testkit.internal.hami;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.HamiAnswer;
import health.ferry.testkit.HamiIssue;
import health.ferry.testkit.HamiOptions;
import health.ferry.testkit.internal.control.AnswerQueue;
import health.ferry.testkit.internal.control.ControlHandler;
import health.ferry.testkit.internal.control.ControlRequest;
import health.ferry.testkit.internal.control.MovableClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers {@code POST /api/g/{groupId}/ingestion/fhir/v4}. */
final class Submissions implements ControlHandler {

  private static final Pattern PATH = Pattern.compile("/api/g/([^/]+)/ingestion/fhir/v4");

  private final Supplier<HamiOptions> options;
  private final String apiKey;
  private final MovableClock clock;
  private final RequestWindows windows;
  private final AnswerQueue script;
  private final Ingested ingested;
  private final AtomicInteger throttled = new AtomicInteger();

  Submissions(
      Supplier<HamiOptions> options,
      String apiKey,
      MovableClock clock,
      RequestWindows windows,
      AnswerQueue script,
      Ingested ingested) {
    this.options = options;
    this.apiKey = apiKey;
    this.clock = clock;
    this.windows = windows;
    this.script = script;
    this.ingested = ingested;
  }

  int throttled() {
    return throttled.get();
  }

  @Override
  public ControlAnswer answer(ControlRequest call) {
    HamiOptions now = options.get();
    Matcher path = PATH.matcher(call.path());
    if (!path.matches()) {
      return HamiAnswer.error(404, "Not Found", "There is nothing here");
    }
    if (!call.method().equals("POST")) {
      return HamiAnswer.error(405, "Method Not Allowed", "Bundles are posted")
          .header("Allow", "POST");
    }
    if (!call.header("X-API-KEY").equals(Optional.of(apiKey))) {
      return script.next(HamiAnswer::unauthorized);
    }
    String group = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
    RequestWindows.Arrival arrival = windows.arrive(now);
    return script.next(() -> usual(call, group, arrival, now));
  }

  private ControlAnswer usual(
      ControlRequest call, String group, RequestWindows.Arrival arrival, HamiOptions now) {
    if (!arrival.allowed()) {
      throttled.incrementAndGet();
      ControlAnswer busy = HamiAnswer.tooManyRequests(now.retryAfter());
      return now.waitHint().map(hint -> hint.on(busy, clock.instant())).orElse(busy);
    }
    if (!group.equals(now.groupId())) {
      return now.unknownGroup() == 403
          ? HamiAnswer.error(403, "Forbidden", "The API key is not for this group")
          : HamiAnswer.error(now.unknownGroup(), "Not Found", "There is no such group");
    }
    if (!mediaType(call).equals("application/json")) {
      return HamiAnswer.error(
          415, "Unsupported Media Type", "Content-Type must be application/json");
    }
    try {
      return accepted(call.body(), arrival.nanos(), now);
    } catch (SubmissionRefused refused) {
      return refused.answer();
    }
  }

  private ControlAnswer accepted(String body, long nanos, HamiOptions now)
      throws SubmissionRefused {
    JsonNode bundle = BundleRules.read(body, now);
    List<HamiIssue> issues = ResourceRules.check(bundle);
    if (!issues.isEmpty()) {
      throw new SubmissionRefused(
          now.detailsAsArray()
              ? HamiAnswer.unprocessable(issues)
              : HamiAnswer.unprocessable(issues.get(0)));
    }
    Optional<ControlAnswer> verdict = now.verdict().apply(body);
    if (verdict.isPresent()) {
      return verdict.get();
    }
    Transaction transaction = ingested.accept(body, bundle, nanos, now);
    return ControlAnswer.json(200, "{\"transactionId\":\"" + transaction.id() + "\"}");
  }

  private static String mediaType(ControlRequest call) {
    return call.header("Content-Type")
        .orElse("")
        .replaceFirst(";.*", "")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
