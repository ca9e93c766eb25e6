package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliseTest {

  private static final Pattern POINT_IN_TIME =
      Pattern.compile("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[^\"]*\"");

  private final SeedBundle seed = SeedBundle.asDocumented();

  @Test
  void makes_a_bundle_whose_dates_hami_takes() {
    String given =
        seed.with("/entry/2/resource/period/start", "'2024-05-23T12:05:00.500+02:00'")
            .with("/entry/3/resource/recordedDate", "'2024-05-23T10:10:00.000Z'")
            .json();

    Normalised normalised = Preflight.normalise(given);

    assertThat(normalised.json()).isEqualTo(SeedBundle.asDocumented().json());
    assertThat(normalised.repairs())
        .extracting(Repair::toString)
        .containsExactly(
            "Bundle.entry[2].resource.period.start: "
                + "converted to UTC and dropped the fraction of a second",
            "Bundle.entry[3].resource.recordedDate: dropped the fraction of a second");
    assertThat(normalised.repairs())
        .extracting(Repair::entry)
        .containsExactly(OptionalInt.of(2), OptionalInt.of(3));
    assertThat(normalised).hasToString("2 repairs");
    assertThat(Preflight.check(normalised.json()).hasErrors()).isFalse();
  }

  @Test
  void leaves_the_documented_request_as_it_is() {
    Normalised normalised = Preflight.normalise(seed.json());

    assertThat(normalised.json()).isEqualTo(seed.json());
    assertThat(normalised.repairs()).isEmpty();
  }

  @Test
  void takes_and_gives_a_model() {
    String given =
        seed.with("/entry/3/resource/recordedDate", "'2024-05-23T12:10:00+02:00'").json();
    Bundle model = FhirR4.shared().codec().parse(Bundle.class, given);

    Bundle normalised = Preflight.normalise(model).bundle();

    Condition condition = (Condition) normalised.getEntry().get(3).getResource();
    assertThat(condition.getRecordedDateElement().getValueAsString())
        .isEqualTo("2024-05-23T10:10:00Z");
    assertThat(((Condition) model.getEntry().get(3).getResource()).getRecordedDateElement())
        .extracting(date -> date.getValueAsString())
        .isEqualTo("2024-05-23T12:10:00+02:00");
  }

  @Test
  void leaves_a_time_without_a_zone_to_a_finding() {
    seed.with("/entry/3/resource/recordedDate", "'2024-05-23T10:10:00'");

    Normalised normalised = Preflight.normalise(seed.json());

    assertThat(normalised.repairs()).isEmpty();
    assertThat(Preflight.check(normalised.json()).errors())
        .extracting(Finding::path)
        .containsExactly("Bundle.entry[3].resource.recordedDate");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"resourceType\":\"Patient\"}', Bundle.resourceType: must be 'Bundle'",
    "'<Bundle/>', 'json: is not valid JSON at line 1, column 1'",
    "'', json: is no JSON object"
  })
  void refuses_what_is_no_bundle(String text, String problem) {
    assertThatThrownBy(() -> Preflight.normalise(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void repairs_every_date_of_the_synthetic_patients_and_nothing_else() throws IOException {
    for (Path file : syntheticBundles()) {
      String given = Files.readString(file);

      Normalised normalised = Preflight.normalise(given);

      assertThat(POINT_IN_TIME.matcher(given).results().count())
          .as(file.getFileName().toString())
          .isEqualTo(normalised.repairs().size());
      assertThat(POINT_IN_TIME.matcher(normalised.json()).results())
          .allMatch(time -> time.group().length() == "\"2024-05-23T10:12:00Z\"".length());
      assertThat(POINT_IN_TIME.matcher(normalised.json()).replaceAll("T"))
          .isEqualTo(POINT_IN_TIME.matcher(given).replaceAll("T"));
      assertThat(Preflight.check(normalised.json()).errors())
          .as("nothing but the size and the types that HAMI does not take")
          .extracting(finding -> finding.rule().replaceAll("[:,].*", ""))
          .isSubsetOf("must have at most 100 entries", "must be a type that HAMI takes");
    }
  }

  /** Beside the checkout; skipped where they are not. */
  private static List<Path> syntheticBundles() throws IOException {
    Path folder = Path.of("..", "..", "shared", "data", "synthea");
    assumeThat(folder).as("synthetic patients beside the checkout").isDirectory();
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
