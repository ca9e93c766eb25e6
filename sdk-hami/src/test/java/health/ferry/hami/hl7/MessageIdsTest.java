package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

  private static final String RESULT = "OBX|1|NM|8867-4^^LN||72|/min|||||F";

  @Test
  void the_same_message_gives_the_same_resources() {
    Hl7Mapping once = Oru.read(RESULT, RESULT);
    Hl7Mapping again = Oru.read(RESULT, RESULT);

    assertThat(again.json()).isEqualTo(once.json());
    assertThat(ids(once)).hasSize(4).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void ids_are_the_same_on_every_machine_and_day() {
    assertThat(Oru.read(RESULT).resources())
        .extracting(Resource::getId)
        .containsExactly(
            "f4aac551d6ff2800f5788dac47d8f375",
            "efd09e80f1f4bef6802804401d00829e",
            "20a67aa6546587d7490bbbf95e0d852d");
  }

  @Test
  void a_correction_has_the_id_of_what_it_corrects() {
    String corrected = "OBX|1|NM|8867-4^^LN||75|/min|||||C";

    assertThat(ids(Oru.read(corrected))).isEqualTo(ids(Oru.read(RESULT)));
  }

  @Test
  void results_differ_by_number_code_and_sub_id() {
    Set<String> ids =
        ids(
            Oru.read(
                RESULT,
                "OBX|2|NM|8867-4^^LN||72|/min|||||F",
                "OBX|1|NM|9279-1^^LN||72|/min|||||F",
                "OBX|1|NM|8867-4^^99||72|/min|||||F",
                "OBX|1|NM|8867-4^^LN|2|72|/min|||||F",
                RESULT));

    assertThat(ids).hasSize(8);
  }

  @Test
  void results_without_an_order_number_are_their_messages_own() {
    String first = Oru.of(Oru.HEADER, Oru.PATIENT, "OBR|1|||1^^LN", RESULT);
    String second = first.replace("|C-1|", "|C-2|");

    List<String> results =
        Stream.of(first, second)
            .flatMap(message -> Hl7Messages.read(message, Oru.KNOWN).resources().stream())
            .filter(resource -> !(resource instanceof Patient))
            .map(Resource::getId)
            .toList();

    assertThat(results).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void results_of_messages_without_a_control_id_are_told_apart_by_what_they_say() {
    String first = Oru.of("MSH|^~\\&|A|B||||| ORU^R01||P|2.3", Oru.PATIENT, RESULT);
    String second = first.replace("||72|", "||73|");

    assertThat(Oru.only(Hl7Messages.read(first), Observation.class).getId())
        .isEqualTo(Oru.only(Hl7Messages.read(first), Observation.class).getId())
        .isNotEqualTo(Oru.only(Hl7Messages.read(second), Observation.class).getId());
  }

  @Test
  void a_patient_is_the_same_by_a_later_message_and_another_order_of_identifiers() {
    String later = Oru.HEADER.replace("|C-1|", "|C-2|");

    assertThat(patient(later, "PID|||9^^^GOV^SS~77^^^NORTH^MR||Newname"))
        .isEqualTo(patient(Oru.HEADER, Oru.PATIENT));
  }

  @Test
  void a_number_without_a_known_authority_is_its_senders() {
    String elsewhere = Oru.HEADER.replace("|NORTH|", "|SOUTH|");

    assertThat(patient(elsewhere, "PID|||5")).isNotEqualTo(patient(Oru.HEADER, "PID|||5"));
    assertThat(patient(elsewhere, Oru.PATIENT)).isEqualTo(patient(Oru.HEADER, Oru.PATIENT));
  }

  @Test
  void two_patients_without_an_identifier_are_two() {
    Hl7Mapping mapping =
        Hl7Messages.read(Oru.of(Oru.HEADER, "PID|1||||A^B", "PID|2||||A^B"), Oru.KNOWN);

    assertThat(ids(mapping)).hasSize(2);
    assertThat(Oru.places(mapping)).containsExactly("PID[1]-3", "PID[2]-3");
  }

  private static String patient(String header, String pid) {
    return Oru.only(Hl7Messages.read(Oru.of(header, pid), Oru.KNOWN), Patient.class).getId();
  }

  private static Set<String> ids(Hl7Mapping mapping) {
    Set<String> ids = new HashSet<>();
    mapping.resources().forEach(resource -> ids.add(resource.getId()));
    return ids;
  }
}
