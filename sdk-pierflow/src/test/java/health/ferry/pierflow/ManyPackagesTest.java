package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.PierflowArchive;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPackage;
import org.junit.jupiter.api.Test;

/** More packages than a list shows, which are the fifty newest. */
class ManyPackagesTest extends ImportTest {

  @Override
  int patientCount() {
    return 53;
  }

  @Override
  PierflowOptions options() {
    return PierflowOptions.defaults().patientsPerPackage(1);
  }

  private long lists() {
    return partner.requests().stream()
        .filter(request -> request.target().contains("/import-packages?"))
        .count();
  }

  @Test
  void those_that_the_list_had_no_room_for_are_imported_after_the_others() {
    ImportReport report = run().orThrow();

    assertThat(report.packages()).hasSize(53).allMatch(PackageReport::isAcknowledged);
    assertThat(partner.packages()).extracting(PierflowPackage::status).containsOnly("ACKNOWLEDGED");
    // Oldest first, of those that can be seen.
    assertThat(report.packages())
        .extracting(PackageReport::id)
        .startsWith(partner.packages().get(3).id(), partner.packages().get(4).id())
        .endsWith(partner.packages().get(2).id());
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  void a_list_full_of_bad_packages_is_not_asked_for_for_ever() {
    run().orThrow();
    for (int i = 0; i < 50; i++) {
      partner.serve(PierflowArchive.of(new byte[] {1, 2, 3}));
    }
    long before = lists();

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages().stream().filter(one -> one.failure().isPresent())).hasSize(50);
    assertThat(lists() - before).isEqualTo(2);
  }

  @Test
  void that_the_list_had_no_room_for_all_is_told_when_nothing_is_acknowledged() {
    ImportReport report =
        run(patient -> PatientOutcome.imported(), options -> options.acknowledge(false));

    assertThat(report.packages()).hasSize(50);
    assertThat(report.warnings())
        .containsExactly(
            "Pierflow lists no more than 50 packages; older ones come once these are acknowledged");
  }
}
