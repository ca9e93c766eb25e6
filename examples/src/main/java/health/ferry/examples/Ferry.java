package health.ferry.examples;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code ferry} command: one subcommand per flow. */
@Command(
    name = "ferry",
    description = "Carries patient data to and from partner APIs.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "ferry COMMAND --help tells a command's options, exit codes and result."})
public final class Ferry {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  private boolean help;

  Ferry() {}

  /**
   * Runs a subcommand, and ends the process with its exit code unless that is 0.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    int code = run(System.out, System.err, args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** The same within this process. */
  static int run(PrintStream out, PrintStream err, String... args) {
    Output output = new Output(out, err, List.of(args).contains("--json"));
    CommandLine command = new CommandLine(new Ferry());
    return command
        .addSubcommand(new DemoCommand(output))
        .addSubcommand(new BulkExportCommand(output))
        .addSubcommand(new HamiSubmitCommand(output))
        .addSubcommand(new PierflowImportCommand(output))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(output.people())
        .setErr(output.errors())
        .setParameterExceptionHandler(new UsageErrors(output))
        .execute(args);
  }
}
