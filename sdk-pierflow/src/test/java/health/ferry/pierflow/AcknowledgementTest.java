package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an acknowledgement says, and what it refuses to say. */
class AcknowledgementTest {

  private static final FailureReason NO_WARD = FailureReason.of("WARD_UNKNOWN");

  private static AcknowledgementBuilder of(String... patients) {
    return Acknowledgement.builder("pkg_1", "org_1", List.of(patients));
  }

  private static List<Violation> violations(AcknowledgementBuilder builder) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, builder::build);
    assertThat(refused).as("nothing was refused").isNotNull();
    return refused.violations();
  }

  @Test
  void names_every_patient_that_has_no_outcome() {
    assertThat(violations(of("pat_a", "pat_b", "pat_c").imported("pat_b")))
        .containsExactly(
            new Violation("pat_a", "has no outcome, so Pierflow would count it as imported"),
            new Violation("pat_c", "has no outcome, so Pierflow would count it as imported"));
  }

  @Test
  void names_a_patient_that_has_two_outcomes_and_one_that_is_not_in_the_package() {
    assertThat(
            violations(
                of("pat_a").imported("pat_a").failed("pat_a", NO_WARD).imported("pat_elsewhere")))
        .containsExactly(
            new Violation("pat_a", "is said to be imported and to have failed"),
            new Violation("pat_elsewhere", "is not in the package"));
  }

  @Test
  void says_nothing_that_it_was_not_given() {
    assertThat(of("pat_a").imported("pat_a").build().json())
        .isEqualTo("{\"imported_patient_count\":1,\"failed_patient_ids\":[]}");
  }

  @Test
  void a_package_without_patients_is_acknowledged_as_one() {
    assertThat(of().build().json())
        .isEqualTo("{\"imported_patient_count\":0,\"failed_patient_ids\":[]}");
  }

  @Test
  void failures_come_in_the_packages_order_each_with_its_reason() {
    assertThat(
            of("pat_a", "pat_b", "pat_c")
                .failed("pat_c", NO_WARD)
                .imported("pat_b")
                .failed("pat_a", FailureReason.MISSING_REQUIRED_FIELD)
                .build()
                .json())
        .isEqualTo(
            "{\"imported_patient_count\":1,\"failed_patient_ids\":[\"pat_a\",\"pat_c\"],"
                + "\"failure_reasons\":{\"pat_a\":\"MISSING_REQUIRED_FIELD\","
                + "\"pat_c\":\"WARD_UNKNOWN\"}}");
  }

  @Test
  void the_time_is_in_utc_to_the_millisecond() {
    assertThat(
            of("pat_a")
                .imported("pat_a")
                .importedAt(Instant.parse("2026-06-01T12:23:00.123456789+01:00"))
                .build()
                .json())
        .contains("\"imported_at\":\"2026-06-01T11:23:00.123Z\"");
  }

  @Test
  void external_ids_are_mapped_each_with_the_system() {
    assertThat(
            of("pat_a", "pat_b", "pat_c")
                .imported("pat_b", " emr_2 ")
                .imported("pat_a", "emr_1")
                .imported("pat_c")
                .externalSystem("https://emr.example.com/patients/")
                .build()
                .json())
        .isEqualTo(
            "{\"imported_patient_count\":3,\"failed_patient_ids\":[],\"patient_id_mappings\":["
                + "{\"pierflow_patient_id\":\"pat_a\",\"external_id\":\"emr_1\","
                + "\"external_system\":\"https://emr.example.com/patients/\"},"
                + "{\"pierflow_patient_id\":\"pat_b\",\"external_id\":\"emr_2\","
                + "\"external_system\":\"https://emr.example.com/patients/\"}]}");
  }

  @Test
  void a_reference_has_at_most_120_characters() {
    UnaryOperator<String> problem =
        text -> violations(of("pat_a").imported("pat_a").reference(text)).get(0).toString();

    assertThat(of("pat_a").imported("pat_a").reference("r".repeat(120)).build().json())
        .contains("\"partner_import_reference\":\"" + "r".repeat(120) + "\"");
    assertThat(problem.apply("r".repeat(121)))
        .isEqualTo("reference: must have at most 120 characters");
    assertThat(problem.apply(" ")).isEqualTo("reference: must not be blank");
    assertThat(problem.apply("\uD83D"))
        .isEqualTo("reference: must not have half of a surrogate pair");
  }

  @Test
  void a_reason_has_at_most_120_characters() {
    assertThat(FailureReason.of("R".repeat(120)).value()).hasSize(120);
    assertThatThrownBy(() -> FailureReason.of("R".repeat(121)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Pierflow acknowledge failed: failureReason: must have at most 120 characters");
    assertThatThrownBy(() -> FailureReason.of(""))
        .hasMessageEndingWith("failureReason: must not be blank");
  }

  @Test
  void known_reasons_are_the_constants_and_others_are_carried() {
    assertThat(FailureReason.of("DUPLICATE_HOSPITAL_NUMBER"))
        .isSameAs(FailureReason.DUPLICATE_HOSPITAL_NUMBER);
    assertThat(FailureReason.DUPLICATE_HOSPITAL_NUMBER.isKnown()).isTrue();
    assertThat(NO_WARD.isKnown()).isFalse();
    assertThat(NO_WARD).isEqualTo(FailureReason.of("WARD_UNKNOWN")).hasToString("WARD_UNKNOWN");
  }

  @Test
  void an_external_id_has_1_to_200_characters_without_the_spaces_around_it() {
    assertThat(of("pat_a").imported("pat_a", "  " + "e".repeat(200)).build().json())
        .contains("\"external_id\":\"" + "e".repeat(200) + "\"");
    assertThat(violations(of("pat_a").imported("pat_a", "e".repeat(201))))
        .containsExactly(new Violation("pat_a", "externalId must have at most 200 characters"));
    assertThat(violations(of("pat_a").imported("pat_a", "  ")))
        .containsExactly(new Violation("pat_a", "externalId must not be blank"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://emr.example.com/patients/", "urn:oid:1.2.3.4"})
  void an_external_system_is_a_url(String url) {
    assertThat(of("pat_a").imported("pat_a", "1").externalSystem(url).build().json())
        .contains("\"external_system\":\"" + url + "\"");
  }

  @Test
  void an_external_system_is_not_a_bare_word_and_has_at_most_300_characters() {
    AcknowledgementBuilder builder = of("pat_a").imported("pat_a", "1");
    String longest = "https://emr.example.com/" + "p".repeat(276);

    assertThat(builder.externalSystem(longest).build().json()).contains(longest);
    assertThat(violations(builder.externalSystem(longest + "p")))
        .containsExactly(
            new Violation("externalSystem", "must be a URL of at most 300 characters"));
    assertThat(violations(builder.externalSystem("emr")))
        .containsExactly(
            new Violation("externalSystem", "must be a URL of at most 300 characters"));
    assertThat(violations(builder.externalSystem("https://emr example.com/")))
        .containsExactly(
            new Violation("externalSystem", "must be a URL of at most 300 characters"));
  }

  @Test
  void the_same_outcomes_are_the_same_key_and_those_of_another_package_are_not() {
    String key = of("pat_a").imported("pat_a").build().idempotencyKey();

    assertThat(of("pat_a").imported("pat_a").build().idempotencyKey()).isEqualTo(key);
    assertThat(of("pat_a").failed("pat_a", NO_WARD).build().idempotencyKey()).isNotEqualTo(key);
    assertThat(
            Acknowledgement.builder("pkg_2", null, List.of("pat_a"))
                .imported("pat_a")
                .build()
                .idempotencyKey())
        .isNotEqualTo(key);
  }

  @Test
  void more_than_2000_external_ids_need_to_know_the_organization() {
    List<String> patients = IntStream.range(0, 2_001).mapToObj(n -> "pat_" + n).toList();
    AcknowledgementBuilder builder = Acknowledgement.builder("pkg_1", null, patients);
    patients.forEach(patient -> builder.imported(patient, "emr_" + patient));

    assertThat(violations(builder))
        .containsExactly(
            new Violation(
                "externalId", "more than 2000 need a manifest that names its organization"));
  }

  @Test
  void shows_no_outcome() {
    Acknowledgement acknowledgement = of("pat_a").imported("pat_a", Canary.FAMILY).build();

    assertThat(acknowledgement).hasToString("Acknowledgement of pkg_1");
    Canary.assertAbsent(acknowledgement);
  }
}
