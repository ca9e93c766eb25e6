package health.ferry.hami.internal.bundling;

import static health.ferry.hami.internal.bundling.Bundled.input;
import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.hami.internal.bundling.BundlingTally.Remark;
import health.ferry.hami.internal.document.InputDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Points in time go out as HAMI takes them, or as they are. */
class BundledDatesTest {

  private static final List<InputDocument> INPUT =
      List.of(
          input("{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"2004-05-23\"}"),
          input(
              """
              {"resourceType":"Encounter","id":"e","period":{"start":"2024-05-23T12:05:00.5+02:00"},
               "subject":{"reference":"Patient/p"},
               "statusHistory":[{"period":{"end":"2024-05-23T10:05:00Z"}},
                {"period":{"end":"2024-05-23T10:05:00+00:00"}}]}"""),
          input("{\"resourceType\":\"Patient\",\"id\":\"q\"}"),
          input(ReferencesTest.resource("Condition", "c", "Patient/q", "Encounter/e")));

  @Test
  void are_repaired_and_each_repair_is_counted_once_wherever_it_is_repeated() {
    Bundled bundled = Bundled.of(INPUT, BundlingSettings.DEFAULT);

    var encounter = bundled.requireClosed().resource("Encounter");
    assertThat(encounter.path("period").path("start").asText()).isEqualTo("2024-05-23T10:05:00Z");
    assertThat(encounter.findValuesAsText("end"))
        .containsExactly("2024-05-23T10:05:00Z", "2024-05-23T10:05:00Z");
    assertThat(encounter.path("subject").path("reference").asText()).startsWith("urn:uuid:");
    assertThat(bundled.resource("Patient").path("birthDate").asText()).isEqualTo("2004-05-23");
    assertThat(bundled.entries()).hasSize(6);
    assertThat(bundled.tally().repairs())
        .isEqualTo(
            Map.of(
                new Remark(
                    "Encounter.period.start",
                    "converted to UTC and dropped the fraction of a second"),
                1L,
                new Remark("Encounter.statusHistory.period.end", "converted to UTC"),
                1L));
  }

  @Test
  void stay_when_they_are_to_be_kept() {
    Bundled bundled = Bundled.of(INPUT, Bundled.REFUSING);

    assertThat(bundled.resource("Encounter").path("period").path("start").asText())
        .isEqualTo("2024-05-23T12:05:00.5+02:00");
    assertThat(bundled.tally().repairs()).isEmpty();
  }
}
