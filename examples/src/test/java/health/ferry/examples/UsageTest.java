package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Canary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command line is said in one line, and nothing is sent or written. */
class UsageTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--patients --base-url https://x.example | --out",
        "--patients --out OUT | --base-url",
        "--base-url https://x.example --out OUT | --system",
        "--patients --system --base-url https://x.example --out OUT | mutually exclusive",
        "--patients --base-url https://x.example --out OUT --since yesterday | 2026-01-01T00:00:00Z",
        "--patients --base-url https://x.example --out OUT --since 2026-01-01 | with its zone",
        "--patients --base-url https://x.example --out OUT --since 2026-13-01T00:00:00Z | --since",
        "--patients --base-url https://x.example --out OUT --until 2026-01-01T00:00:00 | --until",
        "--patients --base-url https://x.example --out OUT --deadline soon | PT10M",
        "--patients --base-url https://x.example --out OUT --deadline 0s | --deadline",
        "--patients --base-url https://x.example --out OUT --parallel 0 | 1 to 64",
        "--patients --base-url https://x.example --out OUT --parallel many | --parallel",
        "--patients --base-url https://x.example --out OUT --type pat!ent | types",
        "--patients --base-url https://x.example --out OUT --type-filter x | typeFilter",
        "--patients --base-url https://x.example --out OUT --preset other | veradigm",
        "--patients --base-url https://x.example --out OUT --preset veradigm | must be a group",
        "--group a/b --base-url https://x.example --out OUT | group",
        "--patients --base-url http://x.example --out OUT | https",
        "--patients --base-url nonsense --out OUT | baseUrl",
        "--patients --base-url https://x.example --out OUT --client-id c | --client-secret-env",
        "--patients --base-url https://x.example --out OUT --key-id k | --private-key",
        "--patients --base-url https://x.example --out OUT --token t --client-id c"
            + " --client-secret-env V | mutually exclusive",
        "--patients --base-url https://x.example --out OUT --client-id c"
            + " --client-secret-env FERRY_UNSET | FERRY_UNSET",
        "--patients --base-url https://x.example --out OUT --client-id c --private-key OUT"
            + " | private key",
        "--patients --base-url https://x.example --out OUT --unknown | --unknown",
      })
  void is_invalid_2(String commandLine, String named) throws Exception {
    List<String> args = new ArrayList<>(List.of("bulk-export", "--json"));
    for (String arg : commandLine.strip().split(" ", -1)) {
      args.add(arg.equals("OUT") ? folder.resolve("out").toString() : arg);
    }

    FerryRun run = FerryRun.here(args.toArray(String[]::new)).requireStatus(2, "invalid");

    assertThat(run.json().path("message").asText()).contains(named);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--group g --input IN | --base-url",
        "--base-url https://x.example --input IN | --group",
        "--base-url https://x.example --group g | --input",
        "--base-url http://x.example --group g --input IN | https",
        "--base-url nonsense --group g --input IN | baseUrl",
        "--base-url https://x.example --group g --input IN --unsupported keep | drop",
        "--base-url https://x.example --group g --input IN --deadline 0s | --deadline",
        "--base-url https://x.example --group g --input IN --key k | --key",
      })
  void of_a_submission_is_invalid_2(String commandLine, String named) throws Exception {
    List<String> args = new ArrayList<>(List.of("hami-submit", "--json"));
    for (String arg : commandLine.strip().split(" ", -1)) {
      args.add(arg.equals("IN") ? folder.toString() : arg);
    }

    FerryRun run = FerryRun.here(args.toArray(String[]::new)).requireSubmission(2, "invalid");

    assertThat(run.json().path("message").asText()).contains(named);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--organization o --out OUT | --base-url",
        "--base-url https://x.example --out OUT | --organization",
        "--base-url https://x.example --organization o | --out",
        "--base-url http://x.example --organization o --out OUT | https",
        "--base-url nonsense --organization o --out OUT | --base-url:",
        "--base-url https://x.example --organization o --out OUT --fail pat_1 | --fail",
        "--base-url https://x.example --organization o --out OUT --fail pat_1= | --fail",
        "--base-url https://x.example --organization o --out OUT --fail =WARD_UNKNOWN | --fail",
        "--base-url https://x.example --organization o --out OUT --fail pat_1=LONG | 120",
        "--base-url https://x.example --organization o --out OUT --deadline 0s | --deadline",
        "--base-url https://x.example --organization o --out OUT --key k | --key",
      })
  void of_an_import_is_invalid_2(String commandLine, String named) throws Exception {
    List<String> args = new ArrayList<>(List.of("pierflow-import", "--json"));
    for (String arg : commandLine.strip().split(" ", -1)) {
      args.add(
          arg.equals("OUT")
              ? folder.resolve("out").toString()
              : arg.replace("LONG", "R".repeat(121)));
    }

    FerryRun run = FerryRun.here(args.toArray(String[]::new)).requireImport(2, "invalid");

    assertThat(run.json().path("message").asText()).contains(named);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tokn=", "--tokn ", ""})
  void never_shows_a_secret_that_stands_in_the_wrong_place(String before) {
    String[] wrong = (before + Canary.SECRET).split(" ", -1);
    List<String> args = new ArrayList<>(List.of("bulk-export", "--patients"));
    args.addAll(List.of("--base-url", "https://x.example", "--out", "out"));
    args.addAll(List.of(wrong));

    assertThat(FerryRun.here(args.toArray(String[]::new)).code()).isEqualTo(2);
  }

  @Test
  void without_a_command_or_with_an_unknown_one_points_to_the_help() {
    assertThat(FerryRun.here().code()).isEqualTo(2);
    assertThat(FerryRun.here().err()).contains("ferry --help");
    assertThat(FerryRun.here("sail").code()).isEqualTo(2);
    assertThat(FerryRun.here("sail").err()).contains("no such command").contains("ferry --help");
  }

  @Test
  void the_help_tells_options_exit_codes_and_result() {
    FerryRun run = FerryRun.here("bulk-export", "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("--base-url", "--keep-job", "--deadline", "--insecure-http")
        .contains("4  incomplete", "transactionTime");
    assertThat(FerryRun.here("hami-submit", "--help").out())
        .contains("--group", "--journal", "--unsupported", "HAMI_API_KEY")
        .contains("4  incomplete", "transactionIds");
    assertThat(FerryRun.here("pierflow-import", "--help").out())
        .contains("--organization", "--fail", "--no-acknowledge", "PIERFLOW_KEY")
        .contains("4  incomplete", "acknowledged");
    assertThat(FerryRun.here("--help").out())
        .contains("demo", "bulk-export", "hami-submit", "pierflow-import");
  }
}
