package health.ferry.examples.faults;

import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files of an export, and which name each has on disk. Immutable. */
final class Corpus {

  static final int PATIENTS = 40;
  static final String VICTIM = "Patient-1.ndjson";

  private static final Map<String, Integer> COUNTS =
      Map.of("Observation", 200, "Condition", 25, "Bundle", 1, "OperationOutcome", 1);

  private final byte[] patients;
  private final long count;
  private final String victim;
  private final List<String> listed;

  /**
   * Makes a corpus.
   *
   * @param patients the file that faults strike
   * @param count how many patients the manifest promises
   * @param victim the name on disk of that file
   * @param listed the types of all files, as the manifest lists them
   */
  private Corpus(byte[] patients, long count, String victim, List<String> listed) {
    this.patients = patients;
    this.count = count;
    this.victim = victim;
    this.listed = listed;
  }

  static Corpus plain() {
    return new Corpus(
        lines("Patient", PATIENTS),
        PATIENTS,
        VICTIM,
        List.of("Patient", "Observation", "Condition", "Bundle", "OperationOutcome"));
  }

  Corpus patients(byte[] bytes, long number) {
    return new Corpus(bytes, number, victim, listed);
  }

  Corpus victim(String name) {
    return new Corpus(patients, count, name, listed);
  }

  Corpus listing(String... types) {
    return new Corpus(patients, count, victim, List.of(types));
  }

  static byte[] lines(String type, int number) {
    return bytes(
        IntStream.range(0, number)
            .mapToObj(i -> resource(type, i) + "\n")
            .collect(Collectors.joining()));
  }

  static String resource(String type, int id) {
    return "{\"resourceType\":\"%s\",\"id\":\"%d\",\"name\":[{\"family\":\"%s\"}]}"
        .formatted(type, id, Canary.FAMILY);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  byte[] patients() {
    return patients;
  }

  List<String> listed() {
    return listed;
  }

  byte[] file(String type) {
    return type.equals("Patient") ? patients : lines(type, COUNTS.getOrDefault(type, 0));
  }

  long count(String type) {
    return type.equals("Patient") ? count : COUNTS.getOrDefault(type, 0);
  }

  static String section(String type) {
    return switch (type) {
      case "Bundle" -> "deleted";
      case "OperationOutcome" -> "error";
      default -> "output";
    };
  }

  /** The name on disk of the file of a type. */
  String nameOf(String type) {
    String folder = section(type).equals("output") ? "" : section(type) + "/";
    return type.equals("Patient") ? victim : folder + type + "-1.ndjson";
  }

  /** What a complete export has on disk. */
  Map<String, byte[]> onDisk() {
    Map<String, byte[]> all = new TreeMap<>();
    listed.forEach(type -> all.put(nameOf(type), file(type)));
    return all;
  }
}
