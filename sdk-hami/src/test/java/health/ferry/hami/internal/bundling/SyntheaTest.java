package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.preflight.SupportedTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole records of synthetic patients, of which HAMI takes some types. */
class SyntheaTest {

  @Test
  void every_patient_goes_out_whole_and_unchanged_in_few_bundles() throws IOException {
    long bundles = 0;
    long ideal = 0;
    for (Path file : SyntheticPatients.bundles()) {
      List<InputDocument> input = SyntheticPatients.entries(file);

      Bundled bundled = Bundled.of(input, Bundled.DROPPING);

      bundled.requireClosed().requirePatientAndFindings();
      long taken = input.stream().filter(SyntheaTest::isTaken).count();
      assertThat(bundled.byFullUrl()).hasSize((int) taken);
      assertThat(bundled.tally().resources()).isEqualTo(taken);
      assertThat(bundled.tally().warnings()).isEmpty();
      bundles += bundled.bundles().size();
      ideal += (taken + 99) / 100;
    }
    assertThat(bundles).isLessThanOrEqualTo((long) (1.3 * ideal));
  }

  @Test
  void only_references_to_what_is_dropped_change() throws IOException {
    for (Path file : SyntheticPatients.bundles()) {
      List<InputDocument> input = SyntheticPatients.entries(file);
      List<String> dropped =
          input.stream()
              .filter(document -> !isTaken(document))
              .map(document -> document.fullUrl().orElseThrow())
              .toList();

      Bundled bundled = Bundled.of(input, Bundled.DROPPING);

      for (InputDocument document : input) {
        if (isTaken(document)) {
          assertThat(bundled.byFullUrl())
              .hasEntrySatisfying(
                  document.fullUrl().orElseThrow(),
                  entry ->
                      requireSame(document.resource().tree(), entry.path("resource"), dropped));
        }
      }
    }
  }

  /**
   * Equal, save that a Reference to what is dropped has a display in the place of its reference.
   */
  private static void requireSame(JsonNode came, JsonNode went, List<String> dropped) {
    if (dropped.contains(came.path("reference").asText())) {
      assertThat(went.has("reference")).isFalse();
      assertThat(went.path("display").asText()).isNotBlank();
      if (came.has("display")) {
        assertThat(went.path("display")).isEqualTo(came.path("display"));
      }
      return;
    }
    assertThat(went.size()).isEqualTo(came.size());
    if (came.isObject()) {
      came.properties()
          .forEach(field -> requireSame(field.getValue(), went.path(field.getKey()), dropped));
    } else if (came.isArray()) {
      for (int i = 0; i < came.size(); i++) {
        requireSame(came.path(i), went.path(i), dropped);
      }
    } else {
      assertThat(went).isEqualTo(came);
    }
  }

  @Test
  void all_patients_at_once_and_in_any_order_send_the_same_entries() throws IOException {
    List<InputDocument> input = new ArrayList<>();
    for (Path file : SyntheticPatients.bundles()) {
      input.addAll(SyntheticPatients.entries(file));
    }
    Bundled bundled = Bundled.of(input, Bundled.DROPPING);

    Bundled again = Bundled.of(input, Bundled.DROPPING);
    List<InputDocument> mixed = new ArrayList<>(input);
    Collections.shuffle(mixed, new Random(4));
    Bundled inAnotherOrder = Bundled.of(mixed, Bundled.DROPPING);

    assertThat(again.bundles()).isEqualTo(bundled.bundles());
    assertThat(inAnotherOrder.byFullUrl()).isEqualTo(bundled.byFullUrl());
    inAnotherOrder.requireClosed().requirePatientAndFindings();
  }

  private static boolean isTaken(InputDocument document) {
    return SupportedTypes.contains(document.resource().type());
  }
}
