package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Patients of whom one's resources lead to the other. */
class LinkedPatientsTest {

  @Test
  void one_of_whom_there_is_nothing_else_goes_out_with_the_other_alone() {
    TransactionBundles bundles =
        TransactionBundles.of(List.of(patient("a"), patient("b"), visitOf("a", "b")));

    assertThat(sizes(bundles)).containsExactly(3);
    assertThat(bundles.report().resources()).isEqualTo(3);
    assertThat(bundles.report().warnings()).isEmpty();
  }

  @Test
  void one_of_whom_there_is_more_has_bundles_of_its_own_too() {
    TransactionBundles bundles =
        TransactionBundles.of(
            List.of(patient("a"), patient("b"), visitOf("a", "b"), visitOf("b", "b")));

    assertThat(sizes(bundles)).containsExactly(3, 2);
  }

  @Test
  void one_to_whom_nothing_leads_has_a_bundle_of_its_own() {
    assertThat(sizes(TransactionBundles.of(List.of(patient("a"), patient("b")))))
        .containsExactly(1, 1);
  }

  private static Resource patient(String id) {
    return new Patient().setId(id);
  }

  private static Resource visitOf(String one, String other) {
    Appointment visit = new Appointment();
    visit.setId("visit-" + one + "-" + other);
    visit.setStatus(Appointment.AppointmentStatus.BOOKED);
    for (String each : List.of(one, other)) {
      visit.addParticipant().getActor().setReference("Patient/" + each);
    }
    return visit;
  }

  private static List<Integer> sizes(TransactionBundles bundles) {
    List<Integer> sizes = new ArrayList<>();
    bundles.forEach(bundle -> sizes.add(bundle.size()));
    return sizes;
  }
}
