package health.ferry.examples;

import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, in one line and without values that may be secret. */
final class UsageErrors implements IParameterExceptionHandler {

  private final Output output;

  UsageErrors(Output output) {
    this.output = output;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? describe(unmatched, command)
            : String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "");
    String help = command.getCommandSpec().qualifiedName() + " --help";
    Map<String, ?> fields = command.getCommand() instanceof Flow flow ? flow.noFields() : Map.of();
    output.result(new Report(ExitStatus.INVALID, message + ". See " + help + ".", fields));
    return ExitStatus.INVALID.code();
  }

  /** A mistyped {@code --token} stands beside its value: names alone are told. */
  private static String describe(UnmatchedArgumentException unmatched, CommandLine command) {
    String options =
        unmatched.getUnmatched().stream()
            .filter(argument -> argument.startsWith("--"))
            .map(argument -> argument.replaceFirst("=.*", ""))
            .collect(Collectors.joining(", "));
    if (!options.isEmpty()) {
      return "Unknown option: " + options;
    }
    return command.getSubcommands().isEmpty()
        ? "There is an argument too many"
        : "There is no such command";
  }
}
