package health.ferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clock, waiting and chance come in as parameters, so each is taken from the JDK in one place. */
class TimeAndChanceTest {

  private static final JavaClasses LIBRARIES = Checkout.classes(Checkout.LIBRARIES);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System.nanoTime",
        "java.time.Instant.now",
        "java.util.UUID.randomUUID",
        "java.util.concurrent.ThreadLocalRandom.current"
      })
  void is_taken_in_one_place(String source) {
    assertThat(placesThatCall(source)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Thread.sleep",
        "java.lang.System.currentTimeMillis",
        "java.util.Random.<init>",
        "java.lang.Math.random",
        "java.time.Clock.systemUTC"
      })
  void is_taken_in_one_place_at_most(String source) {
    assertThat(placesThatCall(source)).hasSizeLessThanOrEqualTo(1);
  }

  private static Set<String> placesThatCall(String source) {
    return LIBRARIES.stream()
        .filter(caller -> calls(caller).anyMatch(source::equals))
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static Stream<String> calls(JavaClass caller) {
    return Stream.concat(
            caller.getCodeUnitCallsFromSelf().stream(),
            caller.getCodeUnitReferencesFromSelf().stream())
        .map(call -> call.getTargetOwner().getName() + "." + call.getName());
  }
}
