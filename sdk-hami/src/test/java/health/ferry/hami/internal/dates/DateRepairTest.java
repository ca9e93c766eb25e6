package health.ferry.hami.internal.dates;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.Repair;
import health.ferry.hami.internal.document.ResourceDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DateRepairTest {

  private final List<Repair> repairs = new ArrayList<>();

  @Test
  void repairs_dates_and_changes_nothing_else() throws Exception {
    String repaired =
        normalise(
            """
            { "resourceType" : "Encounter", "meta":{"lastUpdated":"2024-05-23T10:00:00.123Z"},
              "identifier":[{"value":"2024-05-23T10:00:00+02:00"}],
              "class":{"code":"A\\u004dB", "display":"Zoë"},
              "period" : {"start":"2024-05-23T10:00:00+02:00",\t"end":"2024-05-23T10:30:00.5+02:00"},
              "location":[{"period":{"start":"2024-05-23T08:00:00Z","end":"2024-05-23"}}]}
            """);

    assertThat(repaired)
        .isEqualTo(
            """
            { "resourceType" : "Encounter", "meta":{"lastUpdated":"2024-05-23T10:00:00Z"},
              "identifier":[{"value":"2024-05-23T10:00:00+02:00"}],
              "class":{"code":"A\\u004dB", "display":"Zoë"},
              "period" : {"start":"2024-05-23T08:00:00Z",\t"end":"2024-05-23T08:30:00Z"},
              "location":[{"period":{"start":"2024-05-23T08:00:00Z","end":"2024-05-23"}}]}
            """);
    assertThat(repairs)
        .extracting(Repair::toString)
        .containsExactly(
            "Encounter.meta.lastUpdated: dropped the fraction of a second",
            "Encounter.period.start: converted to UTC",
            "Encounter.period.end: converted to UTC and dropped the fraction of a second");
  }

  @Test
  void repairs_a_date_that_is_written_with_escapes() throws Exception {
    assertThat(
            normalise(
                "{\"resourceType\":\"Condition\",\"recordedDate\":"
                    + "\"2024\\u002d05-23T10:00:00\\u002B02:00\"}"))
        .isEqualTo("{\"resourceType\":\"Condition\",\"recordedDate\":\"2024-05-23T08:00:00Z\"}");
  }

  @Test
  void leaves_alone_what_names_no_single_second() throws Exception {
    String json =
        """
        {"resourceType":"Patient","birthDate":"2004-05-23T00:00:00+02:00","extension":[
          {"url":"a","valueDateTime":"2024-05-23T10:00:00"},
          {"url":"b","valueDateTime":"2016-12-31T23:59:60.000Z"},
          {"url":"c","valueDateTime":"2024-05-23T24:00:00+02:00"},
          {"url":"d","valueDateTime":"0001-01-01T00:00:00+14:00"},
          {"url":"e","valueDateTime":"2024-05-23T10:00:00+02:00 (?)"},
          {"url":"f","valueString":"2024-05-23T10:00:00+02:00"}]}""";

    assertThat(normalise(json)).isEqualTo(json);
    assertThat(repairs).isEmpty();
  }

  @Test
  void gives_back_a_document_with_nothing_to_repair() throws Exception {
    ResourceDocument document =
        ResourceDocument.of(
            "{\"resourceType\":\"Patient\",\"birthDate\":\"2004\"}", FhirR4.shared());

    assertThat(DateRepair.normalise(document, repairs)).isSameAs(document);
  }

  @Test
  void a_second_time_there_is_nothing_to_repair() throws Exception {
    String once =
        normalise(
            "{\"resourceType\":\"Condition\",\"recordedDate\":\"2024-05-23T10:00:00.9-11:45\"}");
    repairs.clear();

    assertThat(normalise(once)).isEqualTo(once);
    assertThat(repairs).isEmpty();
  }

  private String normalise(String json) throws Exception {
    ResourceDocument repaired =
        DateRepair.normalise(ResourceDocument.of(json, FhirR4.shared()), repairs);
    return new String(repaired.json(), StandardCharsets.UTF_8);
  }
}
