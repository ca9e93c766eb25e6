package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is lacking when a server grants less than was asked for. */
class GrantedScopeTest {

  @ParameterizedTest
  @CsvSource({
    "system/*.read, system/*.read",
    "system/*.read, system/*.rs",
    "system/*.rs, system/*.cruds",
    "system/*.rs, system/*.*",
    "system/Patient.rs, system/*.rs",
    "system/Patient.rs, system/Patient.r",
    "system/Patient.read, launch system/Observation.read system/Patient.read",
    "api, openid",
    "system/Group.write, ''",
    "system/Group.c, system/Group.c"
  })
  void nothing_is_lacking(String asked, String granted) {
    assertThat(GrantedScope.shortfall(asked, granted)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "system/*.rs | system/Patient.rs system/Condition.rs | only Condition, Patient",
        "system/*.rs | '' | no type",
        "system/*.rs | system/*.c | no type",
        "system/Patient.read | system/Patient.write | not Patient",
        "system/Patient.rs system/Condition.rs system/Goal.rs | system/Goal.rs | not Condition, Patient",
        "system/Observation.rs | system/Observation.rs?category=vital-signs | not Observation",
        "system/Patient.rs | user/Patient.rs patient/Patient.rs | not Patient"
      })
  void what_is_lacking_is_named(String asked, String granted, String lacking) {
    assertThat(GrantedScope.shortfall(asked, granted)).contains(lacking);
  }
}
