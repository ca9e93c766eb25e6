package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.examples.faults.Visits;
import health.ferry.hami.HamiClient;
import health.ferry.hami.IngestionReport;
import org.junit.jupiter.api.Test;

/** What the README shows runs. */
class HamiIngestExampleTest extends FreshHami {

  private HamiClient client() {
    return HamiClient.builder(server.baseUrl(), server.groupId(), Secret.of(server.apiKey()))
        .build();
  }

  @Test
  void sends_the_visit_as_one_bundle() {
    try (HamiClient hami = client()) {
      IngestionReport report = hami.submitAll(HamiIngestExample.visit()).orThrow();

      assertThat(report.transactionIds()).isEqualTo(acceptedIds()).hasSize(1);
      assertThat(server.stored()).hasSize(4);
    }
  }

  @Test
  void sends_the_folder_and_of_it_nothing_twice() throws Exception {
    put("visits.ndjson", Visits.of("one"));
    put("claim.json", "{\"resourceType\":\"Claim\",\"id\":\"c1\"}");
    try (HamiClient hami = client()) {
      for (int run = 0; run < 2; run++) {
        IngestionReport report = HamiIngestExample.folder(hami, input(), journal());

        assertThat(report.isComplete()).isTrue();
        assertThat(report.resources()).isEqualTo(Visits.RESOURCES);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }
}
