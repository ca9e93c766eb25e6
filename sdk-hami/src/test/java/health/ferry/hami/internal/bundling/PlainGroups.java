package health.ferry.hami.internal.bundling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The grouping of lines like {@code Type/id member=Type/id …} by collections in memory, to compare
 * with. Members of a line are in the order in which they may say whose it is.
 */
final class PlainGroups {

  private static final List<String> TYPES =
      List.of("Patient", "Encounter", "Observation", "Observation", "Organization");

  /** What each line refers to, by its key. */
  private final Map<String, List<String>> references = new LinkedHashMap<>();

  private final Map<String, String> patients = new LinkedHashMap<>();

  PlainGroups(List<String> lines) {
    for (String line : lines) {
      List<String> words = List.of(line.split(" ", -1));
      references.put(
          words.get(0),
          words.stream().skip(1).map(word -> word.substring(word.indexOf('=') + 1)).toList());
    }
    references.forEach(this::name);
    Map<String, List<String>> referrers = new LinkedHashMap<>();
    references.forEach(
        (key, to) ->
            to.forEach(
                each -> referrers.computeIfAbsent(each, none -> new ArrayList<>()).add(key)));
    spread(referrers);
    spread(references);
  }

  private void name(String key, List<String> to) {
    List<String> candidates = isPatient(key) ? List.of(key) : to;
    candidates.stream()
        .filter(PlainGroups::isPatient)
        .findFirst()
        .ifPresent(patient -> patients.put(key, patient));
  }

  private static boolean isPatient(String key) {
    return key.startsWith("Patient/");
  }

  private void spread(Map<String, List<String>> ways) {
    Deque<String> queue = new ArrayDeque<>();
    references.keySet().stream().filter(patients::containsKey).forEach(queue::add);
    while (!queue.isEmpty()) {
      String from = queue.remove();
      for (String next : ways.getOrDefault(from, List.of())) {
        if (references.containsKey(next) && !patients.containsKey(next)) {
          patients.put(next, patients.getOrDefault(from, ""));
          queue.add(next);
        }
      }
    }
  }

  boolean hasPatient(String key) {
    return patients.containsKey(key);
  }

  /** The keys of each patient's, both in the order of the lines. */
  List<List<String>> ofPatients() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String key : references.keySet()) {
      if (hasPatient(key)) {
        groups.computeIfAbsent(patients.getOrDefault(key, ""), none -> new ArrayList<>()).add(key);
      }
    }
    return List.copyOf(groups.values());
  }

  /** The keys of all others. */
  List<String> ofNobody() {
    return references.keySet().stream().filter(key -> !hasPatient(key)).toList();
  }

  /** Lines that refer to each other, to themselves and to nothing; some come twice. */
  static List<String> generated(Random random, int size) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      StringBuilder line = new StringBuilder(TYPES.get(i % TYPES.size()) + "/n" + i);
      if (random.nextInt(4) == 0) {
        line.append(" subject=").append(any(random, size, 0));
      }
      for (int more = random.nextInt(3); more > 0; more--) {
        line.append(" member").append(more).append('=').append(any(random, size, 1));
      }
      lines.add(line.toString());
    }
    lines.addAll(List.copyOf(lines.subList(0, size / 20)));
    Collections.shuffle(lines, random);
    return lines;
  }

  /** Usually near the first, so that many share a few. */
  private static String any(Random random, int size, int leastType) {
    int spread = random.nextBoolean() ? Math.max(1, size / 50) : size + size / 10;
    int number = random.nextInt(spread) / TYPES.size() * TYPES.size();
    int type = leastType + random.nextInt(TYPES.size() - leastType);
    return TYPES.get(type) + "/n" + (number + type);
  }
}
