package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Work done by a process of its own: a JVM on this one's class path, or a command. */
final class OtherProcess {

  private OtherProcess() {}

  /** The command line of a JVM that runs {@code main}. */
  static List<String> java(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** Runs a command to its end; what it printed. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException(command.get(0) + " ended with exit code " + exit);
    }
    return printed;
  }

  /** Runs a command to its end; how long that took from outside. */
  static double seconds(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    output(command);
    return since(start);
  }

  static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
