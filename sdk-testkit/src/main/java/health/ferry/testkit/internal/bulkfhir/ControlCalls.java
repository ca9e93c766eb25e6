package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Step;
import health.ferry.testkit.internal.control.ControlHandler;
import health.ferry.testkit.internal.control.ControlRequest;
import health.ferry.testkit.internal.oauth.AccessTokens;
import health.ferry.testkit.internal.oauth.Scopes;
import health.ferry.testkit.internal.oauth.TokenCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends each control call to the step that answers it. */
final class ControlCalls implements ControlHandler {

  static final String BASE_PATH = "/fhir/R4";
  static final String TOKEN_PATH = "/oauth2/token";
  static final String GROUP_PATH = BASE_PATH + "/Group";
  private static final String BINARY_PATH = BASE_PATH + "/Binary/";

  private final Supplier<BulkFhirOptions> options;
  private final Scripts scripts;
  private final AccessTokens tokens;
  private final TokenCall tokenCall;
  private final ExportJobs jobs;
  private final StatusCalls status;
  private final GroupCalls groups;
  private final BinaryCalls binaries;
  private final Map<Step, AtomicInteger> counts = new ConcurrentHashMap<>();

  ControlCalls(
      Supplier<BulkFhirOptions> options,
      Scripts scripts,
      AccessTokens tokens,
      TokenCall tokenCall,
      ExportJobs jobs,
      StatusCalls status,
      GroupCalls groups,
      BinaryCalls binaries) {
    this.options = options;
    this.scripts = scripts;
    this.tokens = tokens;
    this.tokenCall = tokenCall;
    this.jobs = jobs;
    this.status = status;
    this.groups = groups;
    this.binaries = binaries;
  }

  int count(Step step) {
    return counts.computeIfAbsent(step, key -> new AtomicInteger()).get();
  }

  @Override
  public ControlAnswer answer(ControlRequest call) {
    String path = URLDecoder.decode(call.path(), StandardCharsets.UTF_8);
    String route = call.method() + " " + path;
    BulkFhirOptions now = options.get();
    if (route.equals("POST " + TOKEN_PATH)) {
      return step(
          Step.TOKEN, () -> tokenCall.answer(call, call.origin() + TOKEN_PATH, now.tokens()));
    }
    if (route.equals("GET " + BASE_PATH + "/.well-known/smart-configuration")) {
      return step(Step.DISCOVERY, () -> Discovery.smartConfiguration(call.origin(), now.tokens()));
    }
    if (route.equals("GET " + BASE_PATH + "/metadata")) {
      return step(Step.METADATA, () -> Discovery.metadata(now));
    }
    if (ExportRequest.isKickOff(path)
        && (call.method().equals("GET") || call.method().equals("POST"))) {
      return step(
          Step.KICK_OFF, () -> authorized(call, scopes -> jobs.kickOff(call, path, scopes, now)));
    }
    Optional<StatusUrl.Target> job = StatusUrl.target(call, path);
    if (job.isPresent()) {
      return aboutJob(call, job.get());
    }
    if (path.equals(GROUP_PATH) || path.startsWith(GROUP_PATH + "/")) {
      return step(
          Step.GROUP,
          () ->
              authorized(call, scopes -> groups.answer(call, path.substring(GROUP_PATH.length()))));
    }
    if (route.startsWith("GET " + BINARY_PATH)) {
      String id = path.substring(BINARY_PATH.length());
      return step(Step.BINARY, () -> authorized(call, scopes -> binaries.answer(call, id)));
    }
    return ControlAnswer.operationOutcome(404, "not-found", "there is nothing here");
  }

  private ControlAnswer aboutJob(ControlRequest call, StatusUrl.Target target) {
    if (call.method().equals("DELETE") && target.page().isEmpty()) {
      return step(Step.DELETE, () -> authorized(call, scopes -> status.delete(target.job())));
    }
    if (!call.method().equals("GET")) {
      return ControlAnswer.operationOutcome(405, "not-supported", "an export is read or deleted");
    }
    return target.page().isEmpty()
        ? step(Step.STATUS, () -> authorized(call, scopes -> status.status(call, target.job())))
        : step(
            Step.PAGE,
            () -> authorized(call, scopes -> status.page(call, target.job(), target.page())));
  }

  private ControlAnswer step(Step step, Supplier<ControlAnswer> usual) {
    counts.computeIfAbsent(step, key -> new AtomicInteger()).incrementAndGet();
    return scripts.next(step, usual);
  }

  private ControlAnswer authorized(ControlRequest call, Function<Scopes, ControlAnswer> usual) {
    Optional<Scopes> admitted =
        options.get().requireAuth()
            ? tokens.admit(call.header("Authorization").orElse(""))
            : Optional.of(Scopes.ALL);
    return admitted
        .map(usual)
        .orElseGet(
            () ->
                ControlAnswer.operationOutcome(401, "login", "a valid access token is needed")
                    .header("WWW-Authenticate", "Bearer"));
  }
}
