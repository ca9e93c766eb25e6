package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.ServerException;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An export that is run again: the same job, and nothing fetched twice. */
class ResumedExportTest extends SandboxTest {

  private static final String FILE = "/files/job-1/Patient-1.ndjson";

  private Set<String> fetchedPaths(List<RecordedRequest> requests) {
    Set<String> paths = new HashSet<>();
    requests.forEach(request -> paths.add(request.path()));
    return paths;
  }

  @Test
  void the_second_run_fetches_only_what_is_missing() {
    partner.files().fault(FILE, 5, Fault.status(500));
    ExportResult first = client().export(EVERYTHING, out());
    assertThat(first.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    int before = partner.files().requests().size();

    ExportResult second = client().export(EVERYTHING, out());

    assertThat(second.isComplete()).isTrue();
    assertThat(second.wasAlreadyComplete()).isFalse();
    List<RecordedRequest> fetched = partner.files().requests();
    assertThat(fetchedPaths(fetched.subList(before, fetched.size()))).containsExactly(FILE);
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.deletes()).isEqualTo(1);
    assertThat(finished(out())).hasSize(partner.lastJob().filePaths().size());
  }

  @Test
  void the_second_run_takes_a_file_up_where_the_first_left_it() {
    // One try of the first run brings 120 bytes, and the five after it none.
    partner.files().fault(FILE, Fault.cutAfter(120));
    partner.files().fault(FILE, 9, Fault.status(503));
    client().export(EVERYTHING, out());
    partner.clearScripts();
    int before = partner.files().requests(FILE).size();

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    List<RecordedRequest> sent = partner.files().requests(FILE);
    assertThat(sent).hasSize(before + 1);
    assertThat(sent.get(before).header("Range")).contains("bytes=120-");
  }

  @Test
  void what_a_process_left_beside_a_published_file_is_tidied_up() throws Exception {
    partner.files().fault(FILE, 5, Fault.status(500));
    client().export(EVERYTHING, out());
    Path published = out().resolve("Observation-1.ndjson");
    Files.writeString(out().resolve("Observation-1.ndjson.part"), "left over");
    Files.writeString(out().resolve("Observation-1.ndjson.part.json"), "{}");

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(published).exists();
    try (Stream<Path> left = Files.list(out())) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.contains(".part"));
    }
  }

  @Test
  void a_complete_export_starts_nothing_when_it_is_run_again() {
    ExportResult first = client().export(EVERYTHING, out());
    Map<String, String> files = contents(out());
    int requests = partner.requests().size();

    ExportResult second = client().export(EVERYTHING, out());

    assertThat(first.wasAlreadyComplete()).isFalse();
    assertThat(second.wasAlreadyComplete()).isTrue();
    assertThat(second.isComplete()).isTrue();
    assertThat(second.resources()).isEqualTo(first.resources());
    assertThat(second.transactionTime()).isEqualTo(first.transactionTime());
    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(contents(out())).isEqualTo(files);
    assertThat(partner.requests()).hasSize(requests);
  }

  @Test
  void the_job_is_deleted_after_success() {
    client().export(EVERYTHING, out());

    assertThat(partner.deletes()).isEqualTo(1);
    assertThat(partner.lastJob().isDeleted()).isTrue();
  }

  @Test
  void a_job_that_is_to_be_kept_is_kept_by_every_run() {
    client().export(EVERYTHING, out(), ExportOptions::keepJob);
    client().export(EVERYTHING, out(), ExportOptions::keepJob);

    assertThat(partner.deletes()).isZero();
  }

  @Test
  void a_delete_that_fails_does_not_fail_the_export_and_is_tried_again_by_the_next_run() {
    partner.script(Step.DELETE, 5, ControlAnswer.status(500));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.lastJob().isDeleted()).isFalse();

    assertThat(client().export(EVERYTHING, out()).wasAlreadyComplete()).isTrue();
    assertThat(partner.lastJob().isDeleted()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.polls()).isEqualTo(2);
  }

  // HAPI answers a DELETE after completion with 404.
  @Test
  void a_server_that_knows_no_delete_is_asked_once() {
    partner.script(Step.DELETE, ControlAnswer.operationOutcome(404, "not-found", "gone"));
    client().export(EVERYTHING, out());
    client().export(EVERYTHING, out());

    assertThat(partner.deletes()).isEqualTo(1);
  }

  @Test
  void links_that_have_expired_are_renewed_through_the_manifest() {
    AtomicInteger refusals = new AtomicInteger();
    options(
        o ->
            o.presigned()
                .files(
                    FileOptions.defaults()
                        .guard(
                            request -> {
                              boolean first =
                                  request.queryValues("signature").get(0).endsWith("-1");
                              return first
                                      && request.path().contains("Observation")
                                      && refusals.incrementAndGet() > 0
                                  ? Optional.of(Fault.status(403))
                                  : Optional.empty();
                            })));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures()).isEmpty();
    assertThat(refusals.get()).isPositive();
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.polls()).isEqualTo(3);
    assertThat(partner.files().requests(FILE)).hasSize(1);
  }

  @Test
  void links_are_renewed_as_often_as_that_brings_files() {
    // Each manifest's links are good for one file more, as when links live shorter than downloads.
    AtomicInteger manifests = new AtomicInteger();
    AtomicInteger left = new AtomicInteger();
    options(
        o ->
            o.presigned()
                .resourcesPerFile(2)
                .manifestEdit(
                    text -> {
                      manifests.incrementAndGet();
                      left.set(4);
                      return text;
                    })
                .files(
                    FileOptions.defaults()
                        .guard(
                            request ->
                                left.getAndDecrement() > 0
                                    ? Optional.empty()
                                    : Optional.of(Fault.status(403)))));

    ExportResult result = client().export(EVERYTHING, out());

    int files = partner.lastJob().filePaths().size();
    assertThat(result.failures()).isEmpty();
    assertThat(result.files()).hasSize(files);
    assertThat(manifests).hasValue((files + 3) / 4);
  }

  @Test
  void links_that_stay_refused_are_renewed_once() {
    options(o -> o.presigned());
    partner.files().fault(FILE, 20, Fault.status(403));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures().get(0).cause()).isInstanceOf(PermissionDeniedException.class);
    assertThat(partner.files().requests(FILE)).hasSize(2);
    assertThat(partner.deletes()).isZero();
  }

  @Test
  void what_failed_is_reported_when_no_fresh_links_are_to_be_had() {
    partner.files().fault(FILE, 20, Fault.status(403));
    partner.script(
        Step.MANIFEST,
        ControlAnswer.asUsual(),
        ControlAnswer.operationOutcome(404, "not-found", "the job has had its time"));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(result.files()).hasSize(partner.lastJob().filePaths().size() - 1);
  }

  @Test
  void signatures_that_expire_between_two_runs_are_no_harm() {
    options(BulkFhirOptions::presigned);
    partner.files().fault(FILE, 5, Fault.status(500));
    client().export(EVERYTHING, out());
    partner.lastJob().expireSignatures();

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_file_keeps_its_name_when_the_manifest_lists_files_in_another_order() {
    options(o -> o.resourcesPerFile(2).manifestEdit(new ReversedOutput()));
    partner.files().fault("/files/job-1/Observation-2.ndjson", 5, Fault.status(500));
    client().export(EVERYTHING, out());
    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.isComplete()).isTrue();
    List<String> lines = contents(out()).values().stream().flatMap(String::lines).toList();
    assertThat(lines).doesNotHaveDuplicates();
    assertThat(partner.requests().stream().filter(r -> r.path().contains("/files/")))
        .hasSize(partner.lastJob().filePaths().size() + 5);
  }

  @Test
  void a_file_that_the_manifest_does_not_list_any_more_is_a_failure() {
    AtomicInteger looks = new AtomicInteger();
    options(
        o ->
            o.manifestEdit(
                text ->
                    looks.incrementAndGet() == 1
                        ? text
                        : text.replaceFirst("\\{\"type\":\"Patient\"[^}]*},?", "")));
    partner.files().fault(FILE, 5, Fault.status(500));
    client().export(EVERYTHING, out());

    ExportResult second = client().export(EVERYTHING, out());

    assertThat(second.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(second.failures().get(0).reason()).contains("does not list");
    assertThat(partner.deletes()).isZero();
  }

  @Test
  void a_kick_off_that_failed_leaves_the_directory_to_the_next_one() {
    partner.script(Step.KICK_OFF, 2, ControlAnswer.status(500));
    assertThatThrownBy(() -> client().export(EVERYTHING, out()))
        .isInstanceOf(ServerException.class);

    ExportRequest other = ExportRequest.patients().build();
    assertThat(client().export(other, out()).isComplete()).isTrue();
    assertThat(controlRequests("GET", "/Patient/$export")).hasSize(1);
  }

  @Test
  void a_kick_off_that_was_refused_leaves_nothing_to_warn_of() {
    partner.script(Step.KICK_OFF, ControlAnswer.status(403));
    assertThatThrownBy(() -> client().export(EVERYTHING, out()))
        .isInstanceOf(PermissionDeniedException.class);

    assertThat(out().resolve(".ferry/export.json")).doesNotExist();
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void a_file_that_was_removed_after_success_is_fetched_again_as_long_as_the_job_is_there()
      throws Exception {
    client().export(EVERYTHING, out(), ExportOptions::keepJob);
    Map<String, String> files = contents(out());
    Files.delete(out().resolve("Patient-1.ndjson"));

    ExportResult second = client().export(EVERYTHING, out());

    assertThat(second.wasAlreadyComplete()).isFalse();
    assertThat(second.isComplete()).isTrue();
    assertThat(contents(out())).isEqualTo(files);
    assertThat(partner.files().requests(FILE)).hasSize(2);
    assertThat(partner.files().requests()).hasSize(partner.lastJob().filePaths().size() + 1);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_file_that_was_removed_after_its_job_is_not_passed_over() throws Exception {
    client().export(EVERYTHING, out());
    Files.delete(out().resolve("Patient-1.ndjson"));

    assertThatThrownBy(() -> client().export(EVERYTHING, out()))
        .isInstanceOf(NotFoundException.class);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }
}
