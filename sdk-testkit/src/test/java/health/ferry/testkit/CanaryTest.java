package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where canaries are found. */
class CanaryTest {

  @Test
  void finds_a_marker_in_a_to_string() {
    assertThatThrownBy(() -> Canary.assertAbsent(List.of(Canary.FAMILY + "-Elm")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("toString of java.util.Immutable")
        .hasMessageNotContaining(Canary.FAMILY);
  }

  @Test
  void finds_a_marker_in_causes_and_suppressed_at_any_depth() {
    IllegalArgumentException middle = new IllegalArgumentException("middle");
    IllegalStateException outer = new IllegalStateException("outer", middle);
    middle.addSuppressed(new IllegalStateException("key " + Canary.SECRET));
    assertThatThrownBy(() -> Canary.assertAbsent(outer))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("secret, token or signature")
        .hasMessageNotContaining(Canary.SECRET);
    assertThatThrownBy(() -> Canary.assertAbsent((Object) outer))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void finds_the_sandbox_client_in_basic_credentials() {
    String pair = Canary.CLIENT_ID + ":" + Canary.CLIENT_SECRET;
    String header =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Canary.assertAbsent((Object) header))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void passes_what_holds_none_even_in_a_circle_of_causes() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException two = new IllegalStateException("two", one);
    one.initCause(two);
    assertThatCode(() -> Canary.assertAbsent(one)).doesNotThrowAnyException();
    assertThatCode(() -> Canary.assertAbsent((Object) "patient 17")).doesNotThrowAnyException();
  }
}
