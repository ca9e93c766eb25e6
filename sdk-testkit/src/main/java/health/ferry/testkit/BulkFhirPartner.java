package health.ferry.testkit;

import health.ferry.testkit.internal.bulkfhir.BulkFhirServer;
import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.data.FhirResource;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Bulk FHIR server (Bulk Data STU1 to STU4, {@link BulkFhirOptions#version}) on 127.0.0.1:
 * kick-off at system, Patient and Group level by GET or POST, polling, manifest, DELETE, SMART
 * Backend Services. Control calls are answered by one server, files by another, as in the field.
 * Thread-safe.
 *
 * <p>Parameters that it follows: {@code _type}, {@code _since}, {@code _until}, {@code patient}
 * (POST alone), {@code _outputFormat}, {@code _elements} (at the top level), {@code _typeFilter} by
 * {@code category}, {@code code} and {@code status} (its other search parameters are ignored),
 * {@code includeAssociatedData} (Provenance); from STU3 on {@code allowPartialManifests} and {@code
 * organizeOutputBy=Patient}. Others are recorded and ignored, unless {@link
 * KickOffRules#unsupportedParameters} names them.
 */
public final class BulkFhirPartner {

  private final RequestJournal journal = new RequestJournal();
  private final BulkFhirServer server;

  BulkFhirPartner(BulkFhirOptions options, Dataset data) {
    server =
        new BulkFhirServer(
            options,
            data,
            new BulkFhirServer.Credentials(
                Canary.SECRET, Canary.STATIC_TOKEN, Canary.CLIENT_ID, Canary.CLIENT_SECRET),
            (method, target, headers, body) ->
                journal.add(new RecordedRequest(method, target, headers, body)));
  }

  /**
   * The FHIR base.
   *
   * @return such as {@code http://127.0.0.1:40123/fhir/R4}, without a slash at the end
   */
  public String baseUrl() {
    return server.baseUrl();
  }

  /**
   * Where files are served: another origin than {@link #baseUrl()}.
   *
   * @return such as {@code http://127.0.0.1:40124}
   */
  public String fileOrigin() {
    return server.files().origin();
  }

  /**
   * The token endpoint.
   *
   * @return such as {@code http://127.0.0.1:40123/oauth2/token}
   */
  public String tokenUrl() {
    return server.tokenUrl();
  }

  /**
   * A token that is always good.
   *
   * @return the token; a canary
   */
  public String staticToken() {
    return Canary.STATIC_TOKEN;
  }

  /**
   * The one client that the token endpoint knows.
   *
   * @return its id
   */
  public String clientId() {
    return Canary.CLIENT_ID;
  }

  /**
   * The client's secret, for the Basic header or the form.
   *
   * @return the secret; a canary
   */
  public String clientSecret() {
    return Canary.CLIENT_SECRET;
  }

  /**
   * Lets the client sign its assertions (RS384 or ES384) with a key, whatever {@code kid} they
   * name.
   *
   * @param key the public half, RSA or EC on P-384
   */
  public void registerKey(PublicKey key) {
    server.assertions().register(key);
  }

  /**
   * Lets the client sign its assertions with a key under a {@code kid}.
   *
   * @param kid what the assertion's header must name
   * @param key the public half, RSA or EC on P-384
   */
  public void registerKey(String kid, PublicKey key) {
    server.assertions().register(kid, key);
  }

  /** Ends all issued tokens: their next use is answered 401. The static token stays good. */
  public void revokeTokens() {
    server.tokens().revokeAll();
  }

  /**
   * The group of all patients, there from the start.
   *
   * @return its id
   */
  public String groupId() {
    return BulkFhirServer.ALL_PATIENTS;
  }

  /**
   * Adds a group, or changes its members.
   *
   * @param id the group's id
   * @param patientIds its members
   */
  public void group(String id, Set<String> patientIds) {
    server.groups().put(id, patientIds);
  }

  /**
   * The groups, those that clients have created included.
   *
   * @return their members' ids by the group's id, in the order in which they came
   */
  public Map<String, Set<String>> groups() {
    return server.groups().all();
  }

  /**
   * Moves the clock by which tokens and {@code exp} run out and changes are dated. A client's
   * signed assertions count from its own clock, and are refused when the two lie too far apart.
   *
   * @param by how far; negative to go back
   */
  public void moveClock(Duration by) {
    server.clock().move(by);
  }

  /**
   * The patients that the partner holds now.
   *
   * @return their ids
   */
  public List<String> patientIds() {
    return server.held().all().stream()
        .filter(resource -> resource.type().equals("Patient"))
        .map(FhirResource::id)
        .toList();
  }

  /**
   * Stores a resource, new or changed, as the partner's own users would: the next export has it,
   * one with an earlier {@code _since} too. A job that was started before does not see it.
   *
   * @param resource its JSON with {@code resourceType} and {@code id}; {@code meta.versionId} and
   *     {@code meta.lastUpdated} are set by the partner
   * @throws IllegalArgumentException if it is no such JSON
   */
  public void put(String resource) {
    server.held().put(resource);
  }

  /**
   * Deletes a resource. An export with an earlier {@code _since} lists it in a file of its {@code
   * deleted}.
   *
   * @param type such as {@code Patient}
   * @param id its id
   * @throws IllegalArgumentException if there is no such resource
   */
  public void delete(String type, String id) {
    server.held().delete(type, id);
  }

  /**
   * Stores a document of a patient: a DocumentReference whose attachment lies beside it. Who asked
   * for it and with which token tells {@link #requests()}.
   *
   * @param patientId whose it is
   * @param contentType the attachment's media type
   * @param content the attachment; copied
   * @param place where it lies
   * @return {@code attachment.url} of the DocumentReference
   */
  public String attach(
      String patientId, String contentType, byte[] content, AttachmentPlace place) {
    return server.attachments().add(patientId, contentType, content, place);
  }

  /**
   * The options now.
   *
   * @return what the next job will keep
   */
  public BulkFhirOptions options() {
    return server.options();
  }

  /**
   * Changes the options. Jobs already started keep theirs; {@code requireAuth}, the rules for
   * tokens and what {@code metadata} says count from the next call on.
   *
   * @param options the new options
   */
  public void options(BulkFhirOptions options) {
    server.options(options);
  }

  /**
   * Queues answers for a step: one for each of the next calls, then the server answers as usual.
   *
   * @param step which calls
   * @param answers in order
   */
  public void script(Step step, ControlAnswer... answers) {
    server.scripts().add(step, List.of(answers));
  }

  /**
   * Queues the same answer for several calls.
   *
   * @param step which calls
   * @param times how many of the next calls
   * @param answer the answer to each
   */
  public void script(Step step, int times, ControlAnswer answer) {
    server.scripts().add(step, Collections.nCopies(times, answer));
  }

  /** Drops the scripted answers and file faults that are still queued. */
  public void clearScripts() {
    server.scripts().clear();
    server.files().clearFaults();
  }

  /**
   * The server of the files, to queue faults, watch bytes or serve more.
   *
   * @return the server; it is closed with the sandbox
   */
  public FaultyServer files() {
    return server.files();
  }

  /**
   * The jobs that were started.
   *
   * @return oldest first, deleted ones included
   */
  public List<BulkFhirJob> jobs() {
    return server.jobs().all().stream()
        .map(job -> new BulkFhirJob(job, server.statusUrl(job)))
        .toList();
  }

  /**
   * The job that was started last.
   *
   * @return the job
   * @throws IllegalStateException if none was started
   */
  public BulkFhirJob lastJob() {
    List<BulkFhirJob> all = jobs();
    if (all.isEmpty()) {
      throw new IllegalStateException("no export was started");
    }
    return all.get(all.size() - 1);
  }

  /**
   * Kick-off calls received, refused and scripted ones included.
   *
   * @return how many
   */
  public int kickOffs() {
    return server.count(Step.KICK_OFF);
  }

  /**
   * Status calls received, scripted ones included.
   *
   * @return how many
   */
  public int polls() {
    return server.count(Step.STATUS);
  }

  /**
   * DELETE calls received, refused and scripted ones included.
   *
   * @return how many
   */
  public int deletes() {
    return server.count(Step.DELETE);
  }

  /**
   * Calls of the token endpoint, refused and scripted ones included.
   *
   * @return how many
   */
  public int tokenRequests() {
    return server.count(Step.TOKEN);
  }

  /**
   * All requests to the control and the file server, the last 10,000 of each.
   *
   * @return in the order of their arrival
   */
  public List<RecordedRequest> requests() {
    return Stream.concat(journal.all().stream(), server.files().requests().stream())
        .sorted(Comparator.comparingLong(RecordedRequest::nanos))
        .toList();
  }

  void close() {
    server.close();
  }
}
