package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long the extension's sandbox lives. */
class PartnerSandboxExtensionTest {

  @Nested
  @ExtendWith(PartnerSandboxExtension.class)
  class OnTheClass {
    private static final Set<PartnerSandbox> SEEN = new HashSet<>();

    @Test
    void runs_for_the_first_test(
        PartnerSandbox sandbox,
        BulkFhirPartner bulkFhir,
        HamiPartner hami,
        PierflowPartner pierflow) {
      SEEN.add(sandbox);
      assertThat(bulkFhir).isSameAs(sandbox.bulkFhir());
      assertThat(hami).isSameAs(sandbox.hami());
      assertThat(pierflow).isSameAs(sandbox.pierflow());
    }

    @Test
    void runs_for_the_second_test(PartnerSandbox sandbox) throws Exception {
      SEEN.add(sandbox);
      assertThat(Http.get(sandbox.bulkFhir().baseUrl() + "/metadata").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void was_one() {
      assertThat(SEEN).hasSize(1);
    }
  }

  @Nested
  class InAnInstanceField {
    private static final Set<PartnerSandbox> SEEN = new HashSet<>();

    @RegisterExtension
    final PartnerSandboxExtension sandboxes =
        new PartnerSandboxExtension(PartnerSandbox.builder().patients(3));

    @Test
    void runs_for_the_first_test(PartnerSandbox sandbox) {
      check(sandbox);
    }

    @Test
    void runs_for_the_second_test(PartnerSandbox sandbox) {
      check(sandbox);
    }

    private void check(PartnerSandbox sandbox) {
      assertThat(sandbox.bulkFhir().patientIds()).hasSize(3);
      assertThat(sandbox.bulkFhir().jobs()).isEmpty();
      SEEN.add(sandbox);
    }

    @AfterAll
    static void were_two() {
      assertThat(SEEN).hasSize(2);
    }
  }
}
