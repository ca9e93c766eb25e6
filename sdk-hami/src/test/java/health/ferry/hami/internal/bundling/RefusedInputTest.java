package health.ferry.hami.internal.bundling;

import static health.ferry.hami.internal.bundling.ReferencesTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.hami.internal.document.InputDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What cannot be bundled is said at once, by place and type, and never by value. */
class RefusedInputTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";

  @Test
  void what_came_twice_goes_out_once() {
    String observation = resource("Observation", "o", "Patient/p");

    Bundled bundled = Bundled.of(PATIENT, observation, PATIENT, observation.replace(",", " ,\n"));

    assertThat(bundled.entries()).hasSize(2);
    assertThat(bundled.tally().resources()).isEqualTo(2);
  }

  @Test
  void two_resources_under_one_key_are_named_by_place_and_type() {
    String uuid = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
    String identified = "{\"resourceType\":\"Condition\",\"identifier\":[{\"value\":\"secret\"}]";

    assertThatThrownBy(
            () ->
                Bundled.of(
                    Stream.of(
                            Bundled.input(PATIENT, uuid),
                            Bundled.input("{\"resourceType\":\"Patient\",\"id\":\"q\"}", uuid),
                            Bundled.input(resource("Observation", "secret", "Patient/p")),
                            Bundled.input(resource("Observation", "secret", "Patient/q")),
                            Bundled.input(identified + "}"),
                            Bundled.input(identified + ",\"language\":\"de\"}"))
                        .toList(),
                    Bundled.REFUSING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "resources[1]: Patient: is to be the same one as that at resources[0] (",
            "resources[3]: Observation: is to be the same one as that at resources[2] (",
            "resources[5]: Condition: is to be the same one as that at resources[4] (")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("f6ff");
  }

  @Test
  void equal_resources_without_any_key_all_go_out() {
    String observation =
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/p\"}}";

    Bundled bundled = Bundled.of(PATIENT, observation, observation, observation);

    assertThat(bundled.requireClosed().byFullUrl()).hasSize(4);
  }

  @Test
  void a_resource_that_leads_to_too_many_is_named_by_place_type_and_size() {
    MadeUpRecords records = new MadeUpRecords(1);
    String patient = records.add("Patient", "");
    List<String> results = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      results.add(records.add("Observation", MadeUpRecords.member("subject", patient)));
    }
    records.add("DiagnosticReport", MadeUpRecords.list("result", results));

    assertThatThrownBy(() -> Bundled.of(records.made(), Bundled.REFUSING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "resources[100]: DiagnosticReport: leads to so many others that 101 resources");
  }

  @Test
  void a_cycle_of_99_with_its_patient_fits_and_one_more_does_not() {
    assertThat(Bundled.of(cycle(99), Bundled.REFUSING).requireClosed().bundles()).hasSize(1);
    assertThatThrownBy(() -> Bundled.of(cycle(100), Bundled.REFUSING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("101 resources");
  }

  @Test
  void an_input_that_can_be_read_once_alone_does_not_vanish() {
    Iterator<InputDocument> once = List.of(Bundled.input(PATIENT)).iterator();

    assertThatThrownBy(() -> Bundled.of(List.of(), new GroupedStream(() -> once), Bundled.REFUSING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("input: must give the same resources each time it is iterated");
  }

  @Test
  void an_input_that_fails_on_its_way_into_bundles_is_let_go_of() {
    FailsTheSecondTime input = new FailsTheSecondTime();
    BundlingRun run = new BundlingRun(input, Bundled.REFUSING, new BundlingTally());
    assertThat(input.isClosed).isFalse();

    assertThatThrownBy(run::hasNext).hasRootCauseMessage("the disk is gone");
    assertThat(input.isClosed).isTrue();
  }

  /** Can be looked through, and not be read again. */
  private static final class FailsTheSecondTime implements PatientGroups {
    private int passes;
    private boolean isClosed;

    @Override
    public Iterator<List<InputDocument>> iterator() {
      passes++;
      return Stream.of(List.of(Bundled.input(PATIENT))).filter(group -> isThere()).iterator();
    }

    private boolean isThere() {
      if (passes > 1) {
        throw new UncheckedIOException(new IOException("the disk is gone"));
      }
      return true;
    }

    @Override
    public Optional<InputDocument> find(String key) {
      return Optional.empty();
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private static List<InputDocument> cycle(int length) {
    List<InputDocument> cycle = new ArrayList<>(List.of(Bundled.input(PATIENT)));
    IntStream.range(0, length)
        .mapToObj(
            i -> resource("Condition", "c" + i, "Patient/p", "Condition/c" + (i + 1) % length))
        .map(Bundled::input)
        .forEach(cycle::add);
    return cycle;
  }
}
