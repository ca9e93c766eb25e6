package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files that go elsewhere as soon as they are whole, each once. */
class ExportSinkTest extends SandboxTest {

  private final Map<String, String> taken = new ConcurrentSkipListMap<>();
  private final Map<String, Boolean> marks = new ConcurrentSkipListMap<>();

  private void take(ExportedFile file, boolean maybeTakenBefore) throws IOException {
    String name = file.path().getFileName().toString();
    marks.put(name, maybeTakenBefore);
    String before = taken.put(name, Files.readString(file.path()));
    assertThat(before == null || maybeTakenBefore).as("%s comes once", name).isTrue();
  }

  private Map<String, String> expected() {
    client().export(EVERYTHING, folder.resolve("plain"), ExportOptions::keepJob);
    return new TreeMap<>(contents(folder.resolve("plain")));
  }

  @Test
  void takes_every_file_and_leaves_none_behind() {
    Map<String, String> expected = expected();

    ExportResult result = client().export(EVERYTHING, out(), o -> o.sink(this::take));

    assertThat(result.isComplete()).isTrue();
    assertThat(taken).isEqualTo(expected);
    assertThat(marks).doesNotContainValue(true);
    assertThat(finished(out())).isEmpty();
    assertThat(result.files()).hasSize(expected.size());
    assertThat(result.bytes())
        .isEqualTo(
            expected.values().stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum());
    assertThat(partner.deletes()).isEqualTo(1);
  }

  @Test
  void gets_a_file_that_it_failed_at_again_and_the_others_not() {
    Map<String, String> expected = expected();
    ExportSink failing =
        (file, before) -> {
          if (file.path().endsWith("Patient-1.ndjson")) {
            throw new IOException("the store is full");
          }
          take(file, before);
        };

    ExportResult first = client().export(EVERYTHING, out(), o -> o.sink(failing));
    assertThat(first.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(finished(out())).containsExactly("Patient-1.ndjson");
    assertThat(partner.deletes()).isZero();
    int fetched = partner.files().requests().size();

    ExportResult second = client().export(EVERYTHING, out(), o -> o.sink(this::take));

    assertThat(second.isComplete()).isTrue();
    assertThat(taken).isEqualTo(expected);
    assertThat(marks.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey))
        .containsExactly("Patient-1.ndjson");
    assertThat(partner.files().requests()).hasSize(fetched);
    assertThat(second.resources()).isEqualTo(resources(expected));
  }

  private static Map<String, Long> resources(Map<String, String> files) {
    return files.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                file -> file.getKey().replaceAll("-.*", ""),
                TreeMap::new,
                Collectors.summingLong(file -> file.getValue().lines().count())));
  }

  @Test
  void may_throw_what_it_likes() {
    ExportSink broken =
        (file, before) -> {
          throw new IllegalStateException("no connection");
        };

    ExportResult result = client().export(EVERYTHING, out(), o -> o.sink(broken));

    assertThat(result.files()).hasSameSizeAs(result.failures());
    assertThat(result.failures())
        .allMatch(failed -> failed.reason().equals("The sink did not take " + failed.file()));
  }

  @Test
  void is_not_asked_again_when_everything_was_taken() {
    client().export(EVERYTHING, out(), o -> o.sink(this::take));
    int requests = partner.requests().size();

    ExportResult again =
        client()
            .export(
                EVERYTHING,
                out(),
                o ->
                    o.sink(
                        (file, before) -> {
                          throw new IOException("must not be asked");
                        }));

    assertThat(again.wasAlreadyComplete()).isTrue();
    assertThat(again.files()).hasSize(taken.size());
    assertThat(partner.requests()).hasSize(requests);
  }

  @Test
  void keeps_what_it_has_when_a_file_cannot_be_fetched() {
    Map<String, String> expected = expected();
    partner.files().fault("/files/job-2/Patient-1.ndjson", 5, Fault.status(500));

    ExportResult first = client().export(EVERYTHING, out(), o -> o.sink(this::take));
    assertThat(first.isComplete()).isFalse();
    assertThat(taken).hasSize(expected.size() - 1);

    assertThat(client().export(EVERYTHING, out(), o -> o.sink(this::take)).isComplete()).isTrue();
    assertThat(taken).isEqualTo(expected);
    assertThat(marks).doesNotContainValue(true);
  }
}
