package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.spool.Spool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexedGroupsTest {

  @TempDir Path folder;

  @Test
  void resource_belongs_to_the_patient_whom_it_names_or_reaches_or_who_reaches_it() {
    List<String> input =
        List.of(
            "Observation/of-b subject=Patient/b",
            "Organization/shared",
            "Encounter/reached",
            "Observation/through-visit encounter=Encounter/visit",
            "Observation/of-nobody encounter=Encounter/alone",
            "Encounter/visit subject=Patient/a serviceProvider=Organization/shared",
            "Patient/a",
            "Observation/of-other subject=Patient/not-here encounter=Encounter/reached",
            "Organization/only-leads-to-shared partOf=Organization/shared",
            "Encounter/alone",
            "Patient/b managingOrganization=Organization/shared");

    assertThat(groups(input))
        .containsExactly(
            List.of("Observation/of-b", "Patient/b"),
            List.of(
                "Organization/shared", "Observation/through-visit", "Encounter/visit", "Patient/a"),
            List.of("Encounter/reached", "Observation/of-other"),
            List.of(
                "Observation/of-nobody", "Organization/only-leads-to-shared", "Encounter/alone"));
  }

  @Test
  void what_came_twice_is_in_its_group_once_and_makes_no_other() {
    assertThat(
            groups(
                List.of("Patient/a", "Observation/1 subject=Patient/a", "Patient/a", "Patient/b")))
        .containsExactly(List.of("Patient/a", "Observation/1"), List.of("Patient/b"));
  }

  @Test
  void finds_a_resource_by_its_key() {
    try (IndexedGroups groups = index(List.of("Patient/a", "Observation/1 subject=Patient/a"))) {
      assertThat(groups.find("Observation/1").orElseThrow().resource().id()).contains("1");
      assertThat(groups.find("Observation/2")).isEmpty();
    }
  }

  @Test
  void two_different_resources_of_one_key_are_refused() {
    List<String> input =
        List.of("Patient/a", "Patient/a", "Patient/b", "Patient/b managingOrganization=X/1");

    assertThatThrownBy(() -> groups(input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "resources[3]: Patient: is to be the same one as that at resources[2]");
  }

  /** The last is more than the tables keep in memory. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,10", "3,100", "4,100", "5,1000", "6,1000", "7,60000"})
  void groups_as_plain_collections_do(int seed, int size) {
    List<String> input = PlainGroups.generated(new Random(seed), size);
    PlainGroups plain = new PlainGroups(input);

    List<List<String>> groups = groups(input);

    assertThat(groups.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    assertThat(groups.stream().filter(group -> plain.hasPatient(group.get(0))).toList())
        .isEqualTo(plain.ofPatients());
    assertThat(
            groups.stream()
                .flatMap(List::stream)
                .filter(id -> !plain.hasPatient(id))
                .sorted()
                .toList())
        .isEqualTo(plain.ofNobody().stream().sorted().toList());
  }

  private List<List<String>> groups(List<String> input) {
    try (IndexedGroups groups = index(input)) {
      List<List<String>> ids = new ArrayList<>();
      groups.forEach(
          group ->
              ids.add(
                  group.stream()
                      .map(InputDocument::resource)
                      .map(each -> each.type() + "/" + each.id().orElseThrow())
                      .toList()));
      return ids;
    }
  }

  private IndexedGroups index(List<String> lines) {
    List<InputDocument> documents = lines.stream().map(line -> Bundled.input(json(line))).toList();
    Input input = Bundled.inARow(documents)::forEach;
    return IndexedGroups.of(input, new Spool(folder));
  }

  /** A resource of a line like {@code Type/id member=Type/id …}. */
  private static String json(String line) {
    Iterator<String> words = List.of(line.split("[ /=]", -1)).iterator();
    StringBuilder json = new StringBuilder();
    json.append("{\"resourceType\":\"%s\",\"id\":\"%s\"".formatted(words.next(), words.next()));
    while (words.hasNext()) {
      String member = words.next();
      json.append(MadeUpRecords.member(member, words.next() + "/" + words.next()));
    }
    return json.append('}').toString();
  }
}
