package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest with any damage is read, or refused by the one named error; it breaks nothing. */
class ManifestMutationTest {

  private static final String MANIFEST =
      "{\"transactionTime\":\"2026-03-04T05:06:07Z\",\"request\":\"https://a.example/$export\","
          + "\"requiresAccessToken\":true,\"outputOrganizedBy\":\"Patient\",\"output\":[{\"type\":"
          + "\"Patient\",\"url\":\"https://a.example/p?key="
          + Canary.FAMILY
          + "\",\"count\":3,\"continuesInFile\":\"p2\"}],\"deleted\":[{\"type\":\"Bundle\",\"url\":"
          + "\"https://a.example/d\"}],\"outcome\":[{\"url\":\"Binary/1\",\"countSeverity\":"
          + "{\"error\":1}}],\"error\":[],\"link\":[{\"relation\":\"next\",\"url\":"
          + "\"https://a.example/2\"}],\"extension\":{\"a\":[]}}";

  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", "\"", ",", ":", "null", "-1", "1e999", "true", "\\", "\"x\"", "{}",
          "[[");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damage_anywhere_is_read_or_refused(long seed) {
    Random random = new Random(seed);
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      String text = mutated(random);
      try {
        ManifestPage page = ManifestPage.of(answer(text), CallInfo.of("Bulk FHIR", "poll"));
        assertThat(page.files()).doesNotContainNull();
        read++;
      } catch (UnexpectedResponseException unusable) {
        Canary.assertAbsent(unusable);
        refused++;
      }
    }
    assertThat(read).isGreaterThan(50);
    assertThat(refused).isGreaterThan(500);
  }

  private static RawResponse answer(String text) {
    return new RawResponse(
        200,
        Map.of("Content-Type", List.of("application/json")),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(MANIFEST);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
