package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTypesTest {

  @Test
  void are_those_of_the_model() {
    assertThat(ResourceTypes.all()).isEqualTo(FhirR4.shared().context().getResourceTypes());
  }

  @Test
  void are_known_by_name() {
    assertThat(ResourceTypes.isKnown("Patient")).isTrue();
    assertThat(ResourceTypes.isKnown("VisionPrescription")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "patient", "Resource", "DomainResource", "HumanName", "ActorDefinition"})
  void anything_else_is_unknown(String name) {
    assertThat(ResourceTypes.isKnown(name)).isFalse();
  }
}
