package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
  private static final Duration LONGEST_LINK_ALL = Duration.ofHours(1);

  private final PierflowServer server;

  PierflowRecords(PierflowServer server) {
    this.server = server;
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
