package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.OperationFailedException;
import health.ferry.fhir.RawResource;
import health.ferry.testkit.BulkFhirJob;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same export night after night. */
class IncrementalExportTest extends SandboxTest {

  private static final String GROUP = "ward";

  private final MapStore store = new MapStore();
  private List<String> everybody;

  /** A store that has what was put and not deleted since. */
  private static final class MapStore implements ResourceStore {
    private final Map<String, String> resources = new HashMap<>();
    private final List<String> changes = new ArrayList<>();

    @Override
    public void put(RawResource resource) {
      String key = resource.resourceType().orElseThrow() + "/" + resource.id().orElseThrow();
      changes.add("put " + key);
      resources.put(key, resource.json());
    }

    @Override
    public void delete(String type, String id) {
      changes.add("delete " + type + "/" + id);
      resources.remove(type + "/" + id);
    }

    private Set<String> patients() {
      Set<String> ids = new TreeSet<>();
      for (String key : resources.keySet()) {
        if (key.startsWith("Patient/")) {
          ids.add(key.substring("Patient/".length()));
        }
      }
      return ids;
    }
  }

  @BeforeEach
  void twoOfThreePatients() {
    everybody = partner.patientIds();
    partner.group(GROUP, Set.of(everybody.get(0), everybody.get(1)));
  }

  private IncrementalExport nightly() {
    return nightly(client());
  }

  private IncrementalExport nightly(BulkFhirClient client) {
    ExportRequest request = ExportRequest.group(GROUP).types("Patient", "Observation").build();
    return client.incremental(request, out(), options -> options);
  }

  private ExportIncrement night() {
    partner.moveClock(Duration.ofDays(1));
    ExportIncrement increment = nightly().fetch();
    store.changes.clear();
    increment.applyTo(store);
    return increment;
  }

  private String observation(String id, String patient) {
    return "{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\",\"code\":{},"
            .formatted(id)
        + "\"subject\":{\"reference\":\"Patient/%s\"}}".formatted(patient);
  }

  @Test
  void brings_everything_the_first_time() {
    ExportIncrement first = night();

    assertThat(first.number()).isEqualTo(1);
    assertThat(first.results()).hasSize(1);
    assertThat(store.patients()).containsExactlyInAnyOrder(everybody.get(0), everybody.get(1));
    assertThat(first.joinedPatients()).hasSize(2);
    assertThat(first.departedPatients()).isEmpty();
    assertThat(store.changes).doesNotHaveDuplicates();
  }

  @Test
  void brings_nothing_when_nothing_has_changed() {
    night();

    ExportIncrement second = night();

    assertThat(store.changes).isEmpty();
    assertThat(second.isComplete()).isTrue();
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void brings_what_has_changed_of_known_patients() {
    night();
    partner.put(observation("o-new", everybody.get(0)));
    partner.put(observation("o-stranger", everybody.get(2)));

    night();

    assertThat(store.changes).containsExactly("put Observation/o-new");
  }

  @Test
  void brings_everything_of_a_patient_who_has_joined_and_each_resource_once() {
    night();
    partner.group(GROUP, new TreeSet<>(everybody));
    partner.put(observation("o-new", everybody.get(2)));

    ExportIncrement second = night();

    assertThat(second.joinedPatients()).containsExactly(everybody.get(2));
    assertThat(store.patients()).containsExactlyInAnyOrderElementsOf(everybody);
    assertThat(store.changes).doesNotHaveDuplicates().contains("put Observation/o-new");
    assertThat(store.changes.size()).isGreaterThan(2);
    assertThat(store.changes).noneMatch(change -> change.endsWith("Patient/" + everybody.get(0)));
  }

  @Test
  void forgets_what_was_deleted_and_tells_who_has_left() {
    night();
    partner.put(observation("o-wrong", everybody.get(0)));
    night();
    partner.delete("Observation", "o-wrong");
    partner.group(GROUP, Set.of(everybody.get(0)));

    ExportIncrement third = night();

    assertThat(store.changes).contains("delete Observation/o-wrong");
    assertThat(store.resources).doesNotContainKey("Observation/o-wrong");
    assertThat(third.departedPatients()).containsExactly(everybody.get(1));
  }

  @Test
  void is_the_same_increment_until_it_is_done() {
    nightly().fetch();
    int jobs = partner.kickOffs();

    ExportIncrement again = nightly().fetch();

    assertThat(again.number()).isEqualTo(1);
    assertThat(partner.kickOffs()).isEqualTo(jobs);
    again.applyTo(store);
    assertThat(nightly().fetch().number()).isEqualTo(2);
  }

  @Test
  void cannot_be_applied_while_a_file_is_missing_and_goes_on_with_it() {
    partner.files().fault("/files/job-2/Observation-1.ndjson", 5, Fault.status(500));

    ExportIncrement broken = nightly().fetch();
    assertThat(broken.isComplete()).isFalse();
    assertThat(broken.transactionTime()).isEmpty();
    assertThatThrownBy(() -> broken.applyTo(store)).isInstanceOf(IntegrityException.class);
    assertThatThrownBy(broken::done).isInstanceOf(IntegrityException.class);
    assertThat(store.changes).isEmpty();

    ExportIncrement whole = nightly().fetch();
    assertThat(whole.isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @Test
  void begins_anew_after_a_job_that_failed_on_the_server() {
    partner.script(
        Step.STATUS, ControlAnswer.operationOutcome(500, "not-supported", "out of space"));
    assertThatThrownBy(() -> nightly().fetch()).isInstanceOf(OperationFailedException.class);

    nightly().fetch().applyTo(store);

    assertThat(store.patients()).hasSize(2);
  }

  @Test
  void asks_everything_where_no_list_of_patients_is_taken() {
    night();
    partner.group(GROUP, new TreeSet<>(everybody));
    partner.moveClock(Duration.ofDays(1));
    partner.script(Step.KICK_OFF, ControlAnswer.asUsual(), ControlAnswer.status(405));

    ExportIncrement second = nightly().fetch();
    second.applyTo(store);

    assertThat(second.results()).hasSize(1);
    assertThat(store.patients()).containsExactlyInAnyOrderElementsOf(everybody);
  }

  @Test
  void begins_the_next_one_at_the_earliest_time_of_the_last() {
    night();
    night();

    List<BulkFhirJob> jobs = partner.jobs();
    assertThat(jobs.get(0).parameters().get("_elements")).containsExactly("id");
    assertThat(jobs.get(jobs.size() - 1).parameters()).containsKey("_since");
  }

  @Test
  void of_iehr_asks_no_more_than_iehr_reads() {
    BulkFhirOptions before = partner.options();
    partner.options(BulkFhirOptions.medplum().pollsUntilDone(before.version() == null ? 0 : 1));
    BulkFhirClient iehr = client(builder -> builder.preset(ExportPreset.IEHR));
    partner.moveClock(Duration.ofDays(1));
    nightly(iehr).fetch().applyTo(store);
    partner.group(GROUP, new TreeSet<>(everybody));
    partner.moveClock(Duration.ofDays(1));

    nightly(iehr).fetch().applyTo(store);

    assertThat(store.patients()).containsExactlyInAnyOrderElementsOf(everybody);
    assertThat(partner.jobs())
        .allSatisfy(job -> assertThat(job.parameters()).doesNotContainKey("_elements"));
  }

  @Test
  void of_a_whole_system_knows_no_patients() {
    IncrementalExport all =
        client()
            .incremental(
                ExportRequest.system().types("Patient").build(), out(), options -> options);
    all.fetch().applyTo(store);
    partner.moveClock(Duration.ofDays(1));
    store.changes.clear();

    ExportIncrement second = all.fetch();
    second.applyTo(store);

    assertThat(store.changes).isEmpty();
    assertThat(second.joinedPatients()).isEmpty();
    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @Test
  void decides_since_and_patients_by_itself() {
    ExportRequest request = ExportRequest.patients().patient("p1").build();

    assertThatThrownBy(() -> client().incremental(request, out(), options -> options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("since nor patients");
  }

  @Test
  void refuses_the_folder_of_another_export() {
    nightly().fetch().done();

    IncrementalExport other =
        client().incremental(ExportRequest.system().build(), out(), options -> options);

    assertThatThrownBy(other::fetch)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("another export");
  }
}
