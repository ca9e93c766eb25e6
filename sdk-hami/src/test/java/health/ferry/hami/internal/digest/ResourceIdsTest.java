package health.ferry.hami.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceIdsTest {

  @Test
  void are_of_128_bits_and_never_change() {
    // printf 'Patient 12:http://h.org 1:7' | sha256sum | cut -c1-32
    assertThat(ResourceIds.of("Patient", List.of("http://h.org", "7")))
        .isEqualTo("63355f76c5682094580a5002d4a07cba");
  }

  @Test
  void tell_types_and_names_apart_by_where_each_ends() {
    assertThat(
            List.of(
                ResourceIds.of("Patient", List.of("a", "bc")),
                ResourceIds.of("Patient", List.of("ab", "c")),
                ResourceIds.of("Patient", List.of("abc")),
                ResourceIds.of("Patient", List.of("a 2:bc")),
                ResourceIds.of("Encounter", List.of("abc"))))
        .doesNotHaveDuplicates();
  }
}
