package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.fhir.FhirR4;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, findings come out: no exception, and no value. */
class HostileBundlesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1.5e300",
          "123456789012345678901234567890",
          "''",
          "' '",
          "'Zanzibrook'",
          "'#'",
          "'#Zanzibrook'",
          "'urn:uuid:'",
          "'Patient/Zanzibrook'",
          "'2024-13-45T99:99:99+99:99'",
          "'9999-12-31T23:59:59-14:00'",
          "'\\u0000'",
          "[]",
          "{}",
          "[null]",
          "[[[]]]",
          "[{}]",
          "{'Zanzibrook':{'reference':'urn:uuid:Zanzibrook'}}",
          "{'resourceType':'Zanzibrook'}",
          "{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Patient'}}]}",
          "{'reference':{'reference':'x'}}",
          "{'extension':[{'extension':[{'url':1}]}]}");

  private static final List<String> NAMES =
      List.of(
          "resourceType",
          "id",
          "_id",
          "entry",
          "resource",
          "contained",
          "extension",
          "reference",
          "fullUrl",
          "value[x]",
          "valueDateTime",
          "_",
          "",
          "Zanzibrook",
          "subject",
          "type");

  @Test
  void thousands_of_damaged_bundles_give_findings_alone() throws Exception {
    Random random = new Random(20240523);
    String seed = SeedBundle.asDocumented().json();
    int withErrors = 0;
    for (int i = 0; i < 3_000; i++) {
      String damaged = damage(seed, random);
      PreflightReport report = Preflight.check(damaged);
      withErrors += report.hasErrors() ? 1 : 0;
      tellNoValue(report);
      if (JSON.readTree(damaged).path("resourceType").asText().equals("Bundle")) {
        Preflight.normalise(damaged).repairs().forEach(Canary::assertAbsent);
      }
    }
    assertThat(withErrors).isGreaterThan(2_000);
  }

  @Test
  void what_passes_without_a_finding_can_be_read_as_a_model() throws Exception {
    Random random = new Random(20240524);
    String seed = SeedBundle.asDocumented().json();
    int passed = 0;
    for (int i = 0; i < 2_000; i++) {
      String damaged = damage(seed, random);
      List<Finding> findings = Preflight.check(damaged).findings();
      if (findings.stream().allMatch(found -> found.toString().endsWith(SeedBundle.PRACTITIONER))) {
        passed++;
        assertThat(FhirR4.shared().codec().parse(Bundle.class, damaged).getEntry()).isNotEmpty();
      }
    }
    assertThat(passed).isGreaterThan(100);
  }

  @Test
  void a_cut_text_is_one_error() {
    byte[] seed = SeedBundle.asDocumented().json().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < seed.length; length += 7) {
      PreflightReport report = Preflight.check(Arrays.copyOf(seed, length));

      assertThat(report.findings()).hasSize(1);
      assertThat(report.errors()).extracting(Finding::path).containsExactly("json");
    }
  }

  @Test
  void a_byte_of_any_value_is_no_harm() {
    Random random = new Random(11);
    byte[] seed = SeedBundle.asDocumented().json().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = seed.clone();
      damaged[random.nextInt(seed.length)] = (byte) random.nextInt(256);

      tellNoValue(Preflight.check(damaged));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 1_100, 100_000})
  void deep_nesting_is_no_harm(int depth) {
    String arrays = "[".repeat(depth) + "]".repeat(depth);
    String objects = "{\"extension\":".repeat(depth) + "1" + "}".repeat(depth);
    String contained =
        "{\"resourceType\":\"Patient\",\"contained\":[".repeat(depth / 2) + "]}".repeat(depth / 2);

    assertThat(
            List.of(
                Preflight.check(arrays),
                Preflight.check("{\"resourceType\":\"Bundle\",\"entry\":" + arrays + "}"),
                Preflight.check("{\"resourceType\":\"Bundle\",\"entry\":" + objects + "}"),
                Preflight.check(
                    "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + contained + "}]}")))
        .allMatch(PreflightReport::hasErrors);
  }

  private static void tellNoValue(PreflightReport report) {
    String told = report.findings().toString();
    Canary.assertAbsent(told);
    assertThat(told).doesNotContain("Khan").doesNotContainPattern(UUID);
  }

  /** One to three values lost, replaced, added or wrapped. */
  private static String damage(String json, Random random) throws Exception {
    ObjectNode tree = (ObjectNode) JSON.readTree(json);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      List<JsonNode> holders = new ArrayList<>();
      collect(tree, holders);
      JsonNode holder = holders.get(random.nextInt(holders.size()));
      JsonNode value = JSON.readTree(pick(VALUES, random).replace('\'', '"'));
      if (holder instanceof ArrayNode array) {
        damage(array, value, random);
      } else {
        damage((ObjectNode) holder, value, random);
      }
    }
    return tree.toString();
  }

  private static void damage(ArrayNode array, JsonNode value, Random random) {
    int at = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(at);
      case 1 -> array.set(at, value);
      case 2 -> array.insert(at, array.get(at).deepCopy());
      default -> array.insert(at, value);
    }
  }

  private static void damage(ObjectNode object, JsonNode value, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = pick(names, random);
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name, value);
      case 2 -> object.set(pick(NAMES, random), value);
      default -> object.set(name, JSON.createArrayNode().add(object.get(name)));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty()) {
      holders.add(node);
      node.forEach(child -> collect(child, holders));
    }
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
