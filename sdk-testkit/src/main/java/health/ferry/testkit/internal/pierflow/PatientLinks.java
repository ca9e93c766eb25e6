package health.ferry.testkit.internal.pierflow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which patient is which at the partner's (fact sheet, 3.6): one external id for a patient, one
 * patient for an external id. Saying the same again changes nothing. Thread-safe.
 */
public final class PatientLinks {

  private final Clock clock;
  private final List<Link> links = new ArrayList<>();

  PatientLinks(Clock clock) {
    this.clock = clock;
  }

  /**
   * A patient and its id at the partner's.
   *
   * @param id of the link
   * @param patientId at Pierflow
   * @param externalId at the partner
   * @param externalSystem a URL, if given
   * @param source how it came about, such as {@code IMPORT_ACK}
   * @param linkedAt when
   */
  public record Link(
      String id,
      String patientId,
      String externalId,
      Optional<String> externalSystem,
      String source,
      Instant linkedAt) {

    /** The link's id; an external id can be a person's. */
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * What became of a wish for a link.
   *
   * @param link the link, if there is one now
   * @param reason why there is none, empty otherwise
   */
  record Outcome(Optional<Link> link, String reason) {

    static Outcome refused(String reason) {
      return new Outcome(Optional.empty(), reason);
    }
  }

  /** Links a patient that is there. */
  synchronized Outcome link(
      String patientId, String externalId, Optional<String> externalSystem, String source) {
    Optional<Link> ofPatient = ofPatient(patientId);
    Optional<Link> ofExternal = ofExternal(externalId);
    if (ofExternal.isPresent() && !ofExternal.get().patientId().equals(patientId)) {
      return Outcome.refused("EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT");
    }
    if (ofPatient.isPresent() && !ofPatient.get().externalId().equals(externalId)) {
      return Outcome.refused("DIFFERENT_PATIENT_ALREADY_LINKED");
    }
    String id = ofPatient.map(Link::id).orElseGet(() -> PierflowIds.of("lnk_", links.size() + 1));
    Link made = new Link(id, patientId, externalId, externalSystem, source, clock.instant());
    ofPatient.ifPresent(links::remove);
    links.add(made);
    return new Outcome(Optional.of(made), "");
  }

  synchronized Optional<Link> ofPatient(String patientId) {
    return links.stream().filter(link -> link.patientId().equals(patientId)).findFirst();
  }

  synchronized Optional<Link> ofExternal(String externalId) {
    return links.stream().filter(link -> link.externalId().equals(externalId)).findFirst();
  }

  /** All links. */
  public synchronized List<Link> all() {
    return List.copyOf(links);
  }
}
