package health.ferry.hami.internal.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

  private static final String BOM = "\uFEFF";

  @TempDir Path folder;

  @Test
  void reads_a_folder_in_the_order_of_its_files_names() throws IOException {
    write("b.json", BOM + bundle(patient("3"), patient("4")));
    write("a.ndjson", BOM + patient("1") + "\r\n\n" + patient("2"));
    write("c.JSON", "\n" + patient("5"));
    write("empty.ndjson", "\n");
    write("none.json", bundle());

    assertThat(Reading.of(files(folder)))
        .containsExactly(
            "|" + patient("1"),
            "|" + patient("2"),
            "|" + patient("3"),
            "|" + patient("4"),
            "|\n" + patient("5"));
  }

  @Test
  void leaves_alone_what_is_no_input() throws IOException {
    write("Patient-1.ndjson", patient("1"));
    write("log.ndjson", "{\"eventId\":\"kickoff\"}");
    write("ingest.journal", "x");
    write(".DS_Store", "x");
    Files.createDirectories(folder.resolve("deleted"));
    write("deleted/Bundle-1.ndjson", "x");

    assertThat(Reading.of(files(folder))).containsExactly("|" + patient("1"));
  }

  @Test
  void reads_again_what_it_read_before() throws IOException {
    write("a.json", bundle(patient("1")));
    Input input = files(folder);

    assertThat(Reading.of(input)).isEqualTo(Reading.of(input));
  }

  @Test
  void names_everything_that_is_wrong_by_file_and_line_or_entry() throws IOException {
    write("a.ndjson", patient("1") + "\n\nMüller\n{\"id\":\"Müller\"}\n" + bundle(patient("2")));
    write("b.json", bundle("{}", patient("3")));
    write("c.json", "<html>Müller</html>");
    write("d.json", "");
    write("e.xml", "<Patient/>");
    write("f.json", bundle(patient("4")).substring(0, 60));
    write("g.ndjson", patient("5").substring(0, 20));
    Files.write(folder.resolve("h.json"), patient("é").getBytes(ISO_8859_1));
    Files.write(folder.resolve("i.json"), patient("6").getBytes(UTF_16LE));

    Files.createDirectory(folder.resolve("j"));

    assertThat(Reading.wrong(files(folder)))
        .containsExactly(
            "a.ndjson line 3: is not JSON (column 1)",
            "a.ndjson line 4: has no resourceType",
            "a.ndjson line 5: is a Bundle among resources: read it as an input of its own",
            "b.json Bundle.entry[0]: has no resourceType",
            "c.json: is XML or HTML, not JSON",
            "d.json: is empty",
            "e.xml: is neither .json nor .ndjson",
            "f.json: is cut off: its JSON ends at line 1, column 61",
            "g.ndjson line 1: ends in the middle of a JSON object: the end of the file is missing"
                + " (column 21)",
            "h.json: is not valid JSON at line 1, column 35",
            "i.json: is not JSON in UTF-8",
            "j: is a folder within the folder, and its files would not be read");
  }

  @Test
  void refuses_what_is_not_there_or_holds_nothing() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("export"));
    write("none.json", bundle());
    write("none.ndjson", "\n");

    assertThat(Reading.wrong(files(empty)))
        .containsExactly("export: holds no resource: there is nothing to send");
    assertThat(Reading.wrong(files(folder.resolve("none.json"), folder.resolve("none.ndjson"))))
        .containsExactly(
            "none.json: holds no resource: there is nothing to send",
            "none.ndjson: holds no resource: there is nothing to send");
    assertThat(Reading.wrong(files(folder.resolve("away.json"))))
        .containsExactly("away.json: must be a file or folder that can be read");
  }

  @Test
  void refuses_a_resource_of_30_megabytes_beside_others() throws IOException {
    String big = "x".repeat(30_000_000);
    try (Writer out = Files.newBufferedWriter(folder.resolve("a.json"))) {
      out.write(bundle("{\"id\":\"" + big + "\",\"resourceType\":\"Binary\"}", "{}"));
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve("b.ndjson"))) {
      out.write(patient(big) + "\n{}");
    }
    Files.writeString(folder.resolve("c.json"), patient(big));

    assertThat(Reading.wrong(files(folder)))
        .containsExactly(
            "a.json Bundle.entry[0]: is longer than 16777216 bytes",
            "a.json Bundle.entry[1]: has no resourceType",
            "b.ndjson line 1: is longer than 16777216 bytes",
            "b.ndjson line 2: has no resourceType",
            "c.json: is longer than 16777216 bytes");
  }

  @Test
  void names_no_folder() {
    assertThatThrownBy(() -> files(folder.resolve("away.json")).read(document -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("HAMI read failed: away.json: must be a file or folder that can be read");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static Input files(Path... paths) {
    return Input.ofFiles(List.of(paths), FhirR4.shared());
  }

  private static String patient(String id) {
    return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
  }

  private static String bundle(String... resources) {
    List<String> entries =
        List.of(resources).stream().map(resource -> "{\"resource\":" + resource + "}").toList();
    return "{\"resourceType\":\"Bundle\",\"entry\":[" + String.join(",", entries) + "]}";
  }
}
