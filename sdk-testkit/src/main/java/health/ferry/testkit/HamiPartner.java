package health.ferry.testkit;

import health.ferry.testkit.internal.hami.HamiServer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HAMI's Universal Ingestion API on 127.0.0.1: {@code POST /api/g/{groupId}/ingestion/fhir/v4}, one
 * group, one key. It takes what the reference page describes and refuses the rest with the page's
 * own answers: a bundle that is malformed with 400, one whose resources lack a field that R4
 * demands, hold a date in another form or a reference that leads nowhere with 422. A bundle is
 * stored whole or not at all, by {@code fullUrl}. Both windows slide: a request counts when it has
 * been read, and leaves the second and the minute again exactly so much later. Thread-safe.
 */
public final class HamiPartner {

  private final RequestJournal journal = new RequestJournal();
  private final HamiServer server;

  HamiPartner(HamiOptions options) {
    server =
        new HamiServer(
            options,
            Canary.HAMI_KEY,
            (method, target, headers, body) ->
                journal.add(new RecordedRequest(method, target, headers, body)));
  }

  /**
   * The host to which the path is added.
   *
   * @return such as {@code http://127.0.0.1:40125}, without a slash at the end
   */
  public String baseUrl() {
    return server.origin();
  }

  /**
   * The group.
   *
   * @return its id
   */
  public String groupId() {
    return server.options().groupId();
  }

  /**
   * The group's key, for the header {@code X-API-KEY}.
   *
   * @return the key; a canary
   */
  public String apiKey() {
    return Canary.HAMI_KEY;
  }

  /**
   * The options now.
   *
   * @return what the next request will meet
   */
  public HamiOptions options() {
    return server.options();
  }

  /**
   * Changes the options from the next request on.
   *
   * @param options the new options
   */
  public void options(HamiOptions options) {
    server.options(options);
  }

  /**
   * Moves the clock by which the windows slide.
   *
   * @param by how far
   */
  public void moveClock(Duration by) {
    server.clock().move(by);
  }

  /** Stops that clock: from now on time passes by {@link #moveClock} alone. */
  public void stopClock() {
    server.clock().stop();
  }

  /**
   * Queues answers: one for each of the next submissions, then the server answers as usual. {@link
   * HamiAnswer} has HAMI's own errors. A scripted request uses up its part of the allowance.
   *
   * @param answers in order
   */
  public void script(ControlAnswer... answers) {
    server.script().add(List.of(answers));
  }

  /**
   * Queues the same answer for several submissions.
   *
   * @param times how many of the next submissions
   * @param answer the answer to each
   */
  public void script(int times, ControlAnswer answer) {
    server.script().add(Collections.nCopies(times, answer));
  }

  /** Drops the scripted answers that are still queued. */
  public void clearScripts() {
    server.script().clear();
  }

  /**
   * What is stored.
   *
   * @return each resource's JSON by its {@code fullUrl}, in the order in which they first came
   */
  public Map<String, String> stored() {
    return server.ingested().resources();
  }

  /**
   * One stored resource.
   *
   * @param fullUrl {@code urn:uuid:…}
   * @return its JSON, if it is there
   */
  public Optional<String> stored(String fullUrl) {
    return server.ingested().resource(fullUrl);
  }

  /**
   * The bundles that were accepted.
   *
   * @return oldest first, those that came twice included
   */
  public List<HamiTransaction> transactions() {
    return server.ingested().transactions().stream().map(HamiTransaction::new).toList();
  }

  /**
   * All requests, the last 10,000.
   *
   * @return in the order of their arrival, refused and scripted ones included
   */
  public List<RecordedRequest> requests() {
    return journal.all();
  }

  /**
   * The most requests with the right key that came in any one second, as the server saw them.
   *
   * @return how many, refused and scripted ones included
   */
  public int greatestInASecond() {
    return server.windows().greatestInASecond();
  }

  /**
   * The most requests with the right key that came in any 60 seconds, as the server saw them.
   *
   * @return how many, refused and scripted ones included
   */
  public int greatestInAMinute() {
    return server.windows().greatestInAMinute();
  }

  /**
   * Requests beyond the allowance, answered 429.
   *
   * @return how many; scripted answers do not count
   */
  public int throttled() {
    return server.throttled();
  }

  void close() {
    server.close();
  }
}
