package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.retry.RetryClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Links between patients and the partner's own ids: made one by one or many at a time, and looked
 * up. To make a link twice changes nothing (fact sheet, 3.6), so all of it may be repeated.
 */
final class PatientLinks {

  static final int MOST_AT_ONCE = 500;

  private static final String PATH = "partner-patient-links";
  private static final String ROUTE = "/v1/partner-patient-links";

  private PatientLinks() {}

  static LinkedPatient one(
      PierflowServer server, String organizationId, PatientLink link, CallContext call) {
    refuse(link.violations("link"), call.info());
    ObjectNode body = link.json().put("organization_id", organizationId);
    link.externalSystem().ifPresent(system -> body.put("external_system", system));
    return new LinkedPatient(post(server, ROUTE, body, call, PATH), call.info());
  }

  /**
   * Makes any number of links, at most 500 of one external system at a time, and tells of each in
   * the order given. When a chunk fails the links before it stand, and all of it can go again.
   *
   * @throws InvalidInputException naming each link that the server would refuse; nothing was sent
   */
  static List<LinkResult> all(
      PierflowServer server, String organizationId, List<PatientLink> links, CallContext call) {
    refuse(
        IntStream.range(0, links.size())
            .mapToObj(i -> links.get(i).violations("links[" + i + "]"))
            .flatMap(List::stream)
            .toList(),
        call.info());
    List<LinkResult> results = new ArrayList<>(links.size());
    while (results.size() < links.size()) {
      results.addAll(chunk(server, organizationId, next(links, results.size()), call));
    }
    return List.copyOf(results);
  }

  /** Makes the links that an acknowledgement has no room for. */
  static List<MappingResult> bulk(
      PierflowServer server,
      String organizationId,
      Optional<String> externalSystem,
      List<PatientIdMapping> mappings,
      CallContext call) {
    List<PatientLink> links =
        mappings.stream().map(mapping -> link(mapping, externalSystem)).toList();
    List<LinkResult> results = all(server, organizationId, links, call);
    return IntStream.range(0, results.size())
        .mapToObj(i -> results.get(i).of(mappings.get(i)))
        .toList();
  }

  private static PatientLink link(PatientIdMapping mapping, Optional<String> externalSystem) {
    PatientLink link = PatientLink.ofPatient(mapping.patientId(), mapping.externalId());
    return externalSystem.map(link::externalSystem).orElse(link);
  }

  /** A request names one external system for all of its links. */
  private static List<PatientLink> next(List<PatientLink> links, int from) {
    Optional<String> system = links.get(from).externalSystem();
    int limit = Math.min(links.size(), from + MOST_AT_ONCE);
    int to = from + 1;
    while (to < limit && links.get(to).externalSystem().equals(system)) {
      to++;
    }
    return links.subList(from, to);
  }

  private static List<LinkResult> chunk(
      PierflowServer server, String organizationId, List<PatientLink> chunk, CallContext call) {
    ObjectNode body = JsonTree.object().put("organization_id", organizationId);
    chunk.get(0).externalSystem().ifPresent(system -> body.put("external_system", system));
    ArrayNode items = body.putArray("items");
    chunk.forEach(link -> items.add(link.json()));
    CallContext step = call.step("link");
    Fields answer = post(server, ROUTE + "/bulk", body, step, PATH, "bulk");
    return matched(chunk, answer.objects("results"), step.info());
  }

  /** Results have nothing but their place to tell whose they are, so the places must be right. */
  private static List<LinkResult> matched(
      List<PatientLink> chunk, List<Fields> results, CallInfo call) {
    if (results.size() != chunk.size()) {
      throw new UnexpectedResponseException(
          call, results.size() + " results came for " + chunk.size() + " links", null);
    }
    for (int i = 0; i < chunk.size(); i++) {
      String sent = chunk.get(i).externalId().strip();
      if (results.get(i).text("external_id").filter(id -> !id.strip().equals(sent)).isPresent()) {
        throw new UnexpectedResponseException(
            call, "the results came in another order than the links", null);
      }
    }
    return results.stream().map(LinkResult::new).toList();
  }

  private static Fields post(
      PierflowServer server, String route, ObjectNode body, CallContext call, String... path) {
    String key = server.transport().ids().get();
    return new Fields(
        server.post(
            route, server.url(path), JsonTree.write(body), key, RetryClass.REPEATABLE, call));
  }

  /**
   * Looks a link up.
   *
   * @param by {@code patient_id} or {@code external_id}
   */
  static Optional<LinkedPatient> find(
      PierflowServer server, String by, String id, CallContext call) {
    try {
      Fields link =
          new Fields(
              server.get(
                  ROUTE, server.url(PATH).newBuilder().addQueryParameter(by, id).build(), call));
      return Optional.of(new LinkedPatient(link, call.info()));
    } catch (NotFoundException answer) {
      // Any other 404 is of a server that knows no links at all.
      if (answer.errorCode().filter("LINK_NOT_FOUND"::equals).isPresent()) {
        return Optional.empty();
      }
      throw answer;
    }
  }

  private static void refuse(List<Violation> violations, CallInfo call) {
    if (!violations.isEmpty()) {
      throw new InvalidInputException(call, violations);
    }
  }
}
