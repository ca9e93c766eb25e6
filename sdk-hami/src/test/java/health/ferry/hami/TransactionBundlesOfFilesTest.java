package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionBundlesOfFilesTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";

  @TempDir Path folder;

  @Test
  void resources_of_several_files_come_together_by_patient() throws IOException {
    write("Observation.ndjson", observation("1", "p") + "\n" + observation("2", "q") + "\n");
    write("Patient.json", bundle(PATIENT, PATIENT.replace("\"p\"", "\"q\"")));
    TransactionBundles bundles = TransactionBundles.ofFiles(List.of(folder));

    List<TransactionBundle> made = new ArrayList<>();
    bundles.forEach(made::add);

    assertThat(made).hasSize(2);
    assertThat(made.get(0).json()).contains("\"id\":\"1\"", "\"id\":\"p\"");
    assertThat(made.get(1).json()).contains("\"id\":\"2\"", "\"id\":\"q\"");
    assertThat(bundles)
        .extracting(TransactionBundle::json)
        .isEqualTo(made.stream().map(TransactionBundle::json).toList());
  }

  @Test
  void bundle_as_text_gives_what_its_file_gives() throws IOException {
    String text = bundle(PATIENT, observation("1", "p"));
    Path file = write("bundle.json", text);

    assertThat(TransactionBundles.ofBundle(text))
        .extracting(TransactionBundle::json)
        .singleElement()
        .isEqualTo(TransactionBundles.ofFiles(List.of(file)).iterator().next().json());
  }

  @Test
  void nothing_is_bundled_of_an_input_that_cannot_be_read_whole() throws IOException {
    write("a.ndjson", PATIENT + "\n" + observation("1", "p"));
    write("b.ndjson", "{}\n\n[]");

    assertThatThrownBy(() -> TransactionBundles.ofFiles(List.of(folder)).iterator())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "HAMI read failed: b.ndjson line 1: has no resourceType;"
                + " b.ndjson line 3: is JSON but not an object");
  }

  @Test
  void what_cannot_be_bundled_is_named_by_file_and_place() throws IOException {
    String nowhere = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
    String lost = observation("2", "p").replace("Patient/p", nowhere);
    write("a.ndjson", PATIENT + "\n\n" + lost);
    write("b.json", bundle(PATIENT, lost.replace("\"2\"", "\"3\"")));
    write("c.json", lost.replace("\"2\"", "\"4\""));

    assertThatThrownBy(() -> TransactionBundles.ofFiles(List.of(folder)).iterator())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "HAMI bundling failed:"
                + " a.ndjson line 3: Observation.subject: refers to a urn that no input has as full"
                + " URL; b.json Bundle.entry[1]: Observation.subject: refers to a urn that no input"
                + " has as full URL; c.json: Observation.subject: refers to a urn that no input has"
                + " as full URL");
  }

  @Test
  void two_resources_under_one_key_are_named_by_both_places() throws IOException {
    write("a.ndjson", PATIENT + "\n" + observation("1", "p"));
    write("b.json", bundle(PATIENT, observation("1", "q")));

    assertThatThrownBy(() -> TransactionBundles.ofFiles(List.of(folder)).iterator())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "b.json Bundle.entry[1]: Observation: is to be the same one as that at a.ndjson line 2");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String observation(String id, String patient) {
    return """
    {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"x"},\
    "subject":{"reference":"Patient/%s"}}"""
        .formatted(id, patient);
  }

  private static String bundle(String... resources) {
    List<String> entries =
        List.of(resources).stream().map(resource -> "{\"resource\":" + resource + "}").toList();
    return "{\"resourceType\":\"Bundle\",\"entry\":[" + String.join(",", entries) + "]}";
  }
}
