package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.internal.time.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Pierflow's records beside its packages: {@link PierflowClient#records()}.
 *
 * <p>Every call throws {@link health.ferry.core.AuthenticationException} when the server refuses
 * the key, {@link health.ferry.core.PermissionDeniedException} for an organization that is unknown
 * or not linked to the key, {@link health.ferry.core.RateLimitedException} and {@link
 * health.ferry.core.ServerException} when the last attempt was answered so, {@link
 * health.ferry.core.TransportException} when no answer came, and {@link
 * health.ferry.core.UnexpectedResponseException} when the answer is none of Pierflow's.
 *
 * <p>Thread-safe; lives as long as its client. Source: fact sheet, 3.4 to 3.6, where the server's
 * generations differ; what one of them lacks is empty.
 */
public final class PierflowRecords {

  private static final String PATIENTS = "/v1/organizations/{organization}/patients";
  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
  private static final Duration LONGEST_LINK_ALL = Duration.ofHours(1);

  private final PierflowServer server;

  PierflowRecords(PierflowServer server) {
    this.server = server;
  }

  /**
   * Lists the organizations that the key may act on.
   *
   * @return all of them
   */
  public List<Organization> organizations() {
    return organizations(CallOptions.defaults());
  }

  /**
   * Lists the organizations that the key may act on.
   *
   * @param options the deadline of each page, two minutes by default
   * @return all of them
   */
  public List<Organization> organizations(CallOptions options) {
    List<Organization> all = new ArrayList<>();
    new Pages<>(
            server,
            "/v1/organizations",
            server.url("organizations"),
            "organizations",
            Organization::new,
            () -> call("organizations", options))
        .forEachRemaining(all::add);
    return List.copyOf(all);
  }

  /**
   * Asks for one organization. It is documented, but the server as of June 2026 does not have it:
   * look for the organization among {@link #organizations()} then.
   *
   * @param organizationId the organization
   * @return with its sites in {@code raw()}, where the server tells
   * @throws health.ferry.core.NotFoundException when the server has no such organization, or no
   *     such call
   */
  public Organization organization(String organizationId) {
    return organization(organizationId, CallOptions.defaults());
  }

  /**
   * Asks for one organization, as above.
   *
   * @param organizationId the organization
   * @param options the deadline, two minutes by default
   * @return with its sites in {@code raw()}, where the server tells
   */
  public Organization organization(String organizationId, CallOptions options) {
    CallContext call = call("organization", options);
    return new Organization(
        new Fields(
            server.get(
                "/v1/organizations/{organization}",
                server.url("organizations", organizationId),
                call)),
        call.info());
  }

  /**
   * Goes through an organization's patients.
   *
   * @param organizationId the organization
   * @return asks for a page when its patients are asked for, anew for each iterator; an iterator
   *     throws what a call would, and {@link health.ferry.core.UnexpectedResponseException} when
   *     the pages lead in a circle
   */
  public Iterable<PatientSummary> patients(String organizationId) {
    return patients(organizationId, PatientFilter.none());
  }

  /**
   * Goes through an organization's patients, as above.
   *
   * @param organizationId the organization
   * @param filter which patients, as far as the server heeds it
   * @return asks for a page when its patients are asked for
   */
  public Iterable<PatientSummary> patients(String organizationId, PatientFilter filter) {
    return patients(organizationId, filter, CallOptions.defaults());
  }

  /**
   * Goes through an organization's patients, as above.
   *
   * @param organizationId the organization
   * @param filter which patients, as far as the server heeds it
   * @param options the deadline of each page, two minutes by default
   * @return asks for a page when its patients are asked for
   */
  public Iterable<PatientSummary> patients(
      String organizationId, PatientFilter filter, CallOptions options) {
    // One size for each way of paging: the largest of the one, and what the other has by itself.
    HttpUrl.Builder url =
        server
            .url("organizations", organizationId, "patients")
            .newBuilder()
            .addQueryParameter("limit", "500")
            .addQueryParameter("per_page", "100");
    filter.addTo(url);
    HttpUrl first = url.build();
    return () ->
        new Pages<>(
            server,
            PATIENTS,
            first,
            "patients",
            PatientSummary::new,
            () -> call("patients", options));
  }

  /**
   * Gets all that Pierflow has of a patient.
   *
   * @param organizationId the patient's organization
   * @param patientId Pierflow's id
   * @return one Bundle, at most as large as {@link
   *     health.ferry.core.TransportOptions.Builder#maxJsonBytes maxJsonBytes} allows, 10 MiB by
   *     default
   * @throws health.ferry.core.NotFoundException when the organization has no such patient
   */
  public PatientRecord patientFhir(String organizationId, String patientId) {
    return patientFhir(organizationId, patientId, FhirFilter.none(), CallOptions.defaults());
  }

  /**
   * Gets what Pierflow has of a patient.
   *
   * @param organizationId the patient's organization
   * @param patientId Pierflow's id
   * @param filter which resources
   * @param options the deadline, two minutes by default
   * @return one Bundle
   * @throws health.ferry.core.NotFoundException when the organization has no such patient
   */
  public PatientRecord patientFhir(
      String organizationId, String patientId, FhirFilter filter, CallOptions options) {
    return fhir(
        PATIENTS + "/{patient}/fhir",
        server.url("organizations", organizationId, "patients", patientId, "fhir"),
        filter,
        call("patientFhir", options));
  }

  /**
   * Gets all that Pierflow has of the patient with an id of the caller's.
   *
   * @param organizationId the patient's organization
   * @param externalId the caller's own id, as it was linked
   * @return one Bundle
   * @throws health.ferry.core.NotFoundException when no patient of the organization is linked to
   *     the id; {@code errorCode()} is {@code LINK_NOT_FOUND} or {@code PATIENT_NOT_FOUND}
   */
  public PatientRecord patientFhirByExternalId(String organizationId, String externalId) {
    return patientFhirByExternalId(
        organizationId, externalId, FhirFilter.none(), CallOptions.defaults());
  }

  /**
   * Gets what Pierflow has of the patient with an id of the caller's.
   *
   * @param organizationId the patient's organization
   * @param externalId the caller's own id, as it was linked
   * @param filter which resources
   * @param options the deadline, two minutes by default
   * @return one Bundle
   * @throws health.ferry.core.NotFoundException when no patient of the organization is linked to
   *     the id
   */
  public PatientRecord patientFhirByExternalId(
      String organizationId, String externalId, FhirFilter filter, CallOptions options) {
    return fhir(
        PATIENTS + "/by-external/{external}/fhir",
        server.url("organizations", organizationId, "patients", "by-external", externalId, "fhir"),
        filter,
        call("patientFhirByExternalId", options));
  }

  private PatientRecord fhir(String route, HttpUrl url, FhirFilter filter, CallContext call) {
    HttpUrl.Builder filtered = url.newBuilder();
    filter.addTo(filtered);
    int limit = server.transport().options().maxJsonBytes();
    return server.get(
        route,
        filtered.build(),
        RetryClass.SAFE,
        answer -> PatientRecord.of(answer.raw(limit), answer.call().info()),
        call);
  }

  /**
   * Links a patient to an id of the caller's; a link that stands already is no error.
   *
   * @param organizationId the patient's organization
   * @param link by Pierflow's id or by hospital number
   * @return the link
   * @throws InvalidInputException naming each limit that the link exceeds; nothing was sent
   * @throws health.ferry.core.ConflictException when patient or external id has another link;
   *     {@code errorCode()} is a {@link LinkRefusal}
   * @throws health.ferry.core.NotFoundException when the organization has no such patient
   */
  public LinkedPatient link(String organizationId, PatientLink link) {
    return link(organizationId, link, CallOptions.defaults());
  }

  /**
   * Links a patient to an id of the caller's, as above.
   *
   * @param organizationId the patient's organization
   * @param link by Pierflow's id or by hospital number
   * @param options the deadline, two minutes by default
   * @return the link
   */
  public LinkedPatient link(String organizationId, PatientLink link, CallOptions options) {
    return PatientLinks.one(server, organizationId, link, call("link", options));
  }

  /**
   * Links any number of patients, 500 at a time, or fewer where the external system changes: sort
   * them by it. When the call fails, the links before stand and all may be sent again.
   *
   * @param organizationId the patients' organization
   * @param links by Pierflow's ids or by hospital numbers
   * @return what came of each, in the order of the links; a refused one is no exception
   * @throws InvalidInputException naming each link that exceeds a limit; nothing was sent
   */
  public List<LinkResult> linkAll(String organizationId, List<PatientLink> links) {
    return linkAll(organizationId, links, CallOptions.defaults());
  }

  /**
   * Links any number of patients, as above.
   *
   * @param organizationId the patients' organization
   * @param links by Pierflow's ids or by hospital numbers
   * @param options the deadline, one hour by default
   * @return what came of each, in the order of the links
   */
  public List<LinkResult> linkAll(
      String organizationId, List<PatientLink> links, CallOptions options) {
    CallContext call =
        server.transport().call("linkAll", options, LONGEST_LINK_ALL, new Cancellation());
    return PatientLinks.all(server, organizationId, List.copyOf(links), call);
  }

  /**
   * Looks for the link of an external id.
   *
   * @param externalId the caller's own id
   * @return empty when no patient is linked to it
   * @throws InvalidInputException when the id is blank
   */
  public Optional<LinkedPatient> findLink(String externalId) {
    return findLink(externalId, CallOptions.defaults());
  }

  /**
   * Looks for the link of an external id.
   *
   * @param externalId the caller's own id
   * @param options the deadline, two minutes by default
   * @return empty when no patient is linked to it
   */
  public Optional<LinkedPatient> findLink(String externalId, CallOptions options) {
    CallContext call = call("findLink", options);
    requireText("externalId", externalId, call.info());
    return PatientLinks.find(server, "external_id", externalId, call);
  }

  /**
   * Looks for the link of a patient.
   *
   * @param patientId Pierflow's id
   * @return empty when the patient is not linked
   * @throws InvalidInputException when the id is blank
   */
  public Optional<LinkedPatient> findLinkOfPatient(String patientId) {
    return findLinkOfPatient(patientId, CallOptions.defaults());
  }

  /**
   * Looks for the link of a patient.
   *
   * @param patientId Pierflow's id
   * @param options the deadline, two minutes by default
   * @return empty when the patient is not linked
   */
  public Optional<LinkedPatient> findLinkOfPatient(String patientId, CallOptions options) {
    CallContext call = call("findLinkOfPatient", options);
    requireText("patientId", patientId, call.info());
    return PatientLinks.find(server, "patient_id", patientId, call);
  }

  private CallContext call(String operation, CallOptions options) {
    return server.transport().call(operation, options, LONGEST_CALL, new Cancellation());
  }

  private static void requireText(String name, String text, CallInfo call) {
    if (text.isBlank()) {
      throw new InvalidInputException(call, List.of(new Violation(name, "must not be blank")));
    }
  }
}
