package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records of made-up patients, the same ones from the same seed: visits, findings, and knots. */
final class MadeUpRecords {

  private final Random random;
  private final List<InputDocument> made = new ArrayList<>();
  private int number;

  MadeUpRecords(long seed) {
    this.random = new Random(seed);
  }

  List<InputDocument> made() {
    return made;
  }

  /** A patient with visits, their findings, reports over them, and links across. */
  MadeUpRecords patient(int atLeast) {
    int first = made.size();
    String patient = add("Patient", "");
    while (made.size() - first < atLeast) {
      visit(patient);
    }
    return this;
  }

  private void visit(String patient) {
    String subject = member("subject", patient);
    String appointment =
        random.nextBoolean()
            ? ""
            : ",\"appointment\":["
                + reference(add("Appointment", ",\"participant\":[{" + actor(patient) + "}]"))
                + "]";
    String encounter = add("Encounter", subject + appointment);
    String context = subject + member("encounter", encounter);
    List<String> findings = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      findings.add(add("Observation", context));
    }
    switch (random.nextInt(6)) {
      case 0 -> add("DiagnosticReport", context + list("result", findings));
      case 1 -> chain(context);
      case 2 -> cycle(subject, 2 + random.nextInt(5));
      case 3 -> shared(context);
      default -> add("Procedure", context);
    }
  }

  private static String actor(String patient) {
    return "\"actor\":" + reference(patient);
  }

  /** Each is part of the one before. */
  private void chain(String context) {
    String before = add("Procedure", context);
    for (int i = random.nextInt(6); i > 0; i--) {
      before = add("Procedure", context + ",\"partOf\":[" + reference(before) + "]");
    }
  }

  /** Encounters and their diagnoses, round and round. */
  private void cycle(String subject, int length) {
    int start = number;
    for (int i = 0; i < length; i++) {
      String next = "Condition/n" + (start + 1 + (i + 1) % length);
      add("Condition", subject + ",\"evidence\":[{\"detail\":[" + reference(next) + "]}]");
    }
  }

  /** One reason for many. */
  private void shared(String context) {
    String reason = add("Condition", context);
    for (int i = random.nextInt(30); i >= 0; i--) {
      add("MedicationRequest", context + list("reasonReference", List.of(reason)));
    }
  }

  /** A resource that only those know who refer to it. */
  String add(String type, String members) {
    String id = "n" + ++number;
    made.add(
        Bundled.input("{\"resourceType\":\"%s\",\"id\":\"%s\"%s}".formatted(type, id, members)));
    return type + '/' + id;
  }

  static String member(String name, String reference) {
    return ",\"" + name + "\":" + reference(reference);
  }

  static String list(String name, List<String> references) {
    return ",\""
        + name
        + "\":["
        + String.join(",", references.stream().map(MadeUpRecords::reference).toList())
        + "]";
  }

  private static String reference(String to) {
    return "{\"reference\":\"" + to + "\"}";
  }
}
