package health.ferry.bulkfhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Patients to be exported together, as a FHIR Group: an actual one, of persons, with each patient
 * as {@code member.entity} (iEHR, "Bulk FHIR": "All patients you want to include must be included
 * as Group.member.entity").
 *
 * <p>Immutable. {@code toString} shows the number of patients alone.
 */
public final class ExportGroup {

  private final List<String> patientIds;
  private final @Nullable String name;

  private ExportGroup(List<String> patientIds, @Nullable String name) {
    this.patientIds = patientIds;
    this.name = name;
  }

  /**
   * Makes a group of these patients.
   *
   * @param patientIds the patients' ids on the server, without {@code Patient/}: 1 to 64 letters,
   *     digits, dashes and dots each (FHIR R4, "id"); an id that comes again is left out
   * @return a group without a name
   * @throws InvalidInputException naming the place of every id that is none
   */
  public static ExportGroup of(Collection<String> patientIds) {
    List<Violation> violations = new ArrayList<>();
    int place = 0;
    for (String id : patientIds) {
      if (!id.matches("[A-Za-z0-9.-]{1,64}")) {
        violations.add(
            new Violation(
                "patientIds[" + place + "]",
                "must be an id of 1 to 64 letters, digits, '-' and '.'"));
      }
      place++;
    }
    if (patientIds.isEmpty()) {
      violations.add(new Violation("patientIds", "must name a patient"));
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(CallInfo.of("Bulk FHIR", "export group"), violations);
    }
    return new ExportGroup(List.copyOf(new LinkedHashSet<>(patientIds)), null);
  }

  /**
   * Gives the group a name for people.
   *
   * @param newName {@code Group.name}
   * @return a copy with this name
   */
  public ExportGroup named(String newName) {
    return new ExportGroup(patientIds, newName);
  }

  /**
   * The group as FHIR JSON.
   *
   * @return the resource on one line
   */
  public String json() {
    ObjectNode group = JsonTree.object().put("resourceType", "Group");
    group.put("type", "person").put("actual", true);
    if (name != null) {
      group.put("name", name);
    }
    ArrayNode members = group.putArray("member");
    patientIds.forEach(
        id -> members.addObject().putObject("entity").put("reference", reference(id)));
    return new String(JsonTree.write(group), UTF_8);
  }

  /**
   * The group as HAPI's model, for whoever wants to say more of it.
   *
   * @return a new resource
   */
  public Group toFhir() {
    Group group = new Group().setType(GroupType.PERSON).setActual(true);
    if (name != null) {
      group.setName(name);
    }
    patientIds.forEach(id -> group.addMember().setEntity(new Reference(reference(id))));
    return group;
  }

  private static String reference(String patientId) {
    return "Patient/" + patientId;
  }

  @Override
  public String toString() {
    return "ExportGroup of " + patientIds.size();
  }
}
