package health.ferry.examples;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.HamiOptions;
import health.ferry.testkit.HamiPartner;
import health.ferry.testkit.HamiTransaction;
import health.ferry.testkit.PartnerSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A HAMI and a folder of input for each test, and the command between them. */
abstract class FreshHami {

  @TempDir Path folder;

  private final PartnerSandbox sandbox =
      PartnerSandbox.builder().hami(HamiOptions.defaults().requireMinimum(true)).start();
  final HamiPartner server = sandbox.hami();

  @BeforeEach
  void make_input_folder() throws IOException {
    Files.createDirectory(input());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  Path input() {
    return folder.resolve("input");
  }

  Path journal() {
    return folder.resolve("ingest.journal");
  }

  void put(String name, String content) throws IOException {
    Files.writeString(input().resolve(name), content);
  }

  void put(String name, List<String> lines) throws IOException {
    Files.write(input().resolve(name), lines);
  }

  /** Sends the folder, with the journal beside it. */
  FerryRun submit(String... more) {
    List<String> args = new ArrayList<>(List.of(args(more)));
    args.addAll(List.of("--journal", journal().toString()));
    return FerryRun.here(args.toArray(String[]::new));
  }

  FerryRun submitWithoutJournal(String... more) {
    return FerryRun.here(args(more));
  }

  /** The command line without a journal. */
  String[] args(String... more) {
    List<String> args = new ArrayList<>(List.of("hami-submit", "--json"));
    args.addAll(List.of("--base-url", server.baseUrl(), "--group", server.groupId()));
    args.addAll(List.of("--input", input().toString()));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  List<String> acceptedIds() {
    return server.transactions().stream().map(HamiTransaction::id).toList();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static List<Integer> bundles(JsonNode result) {
    JsonNode bundles = result.path("bundles");
    return List.of(
        bundles.path("accepted").asInt(),
        bundles.path("rejected").asInt(),
        bundles.path("pending").asInt());
  }
}
