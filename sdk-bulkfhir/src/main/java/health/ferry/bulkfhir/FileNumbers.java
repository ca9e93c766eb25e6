package health.ferry.bulkfhir;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many names each stem has, such as {@code Patient-}; stems that differ in case alone are one,
 * as they are on many disks.
 */
final class FileNumbers {

  private final Map<String, Integer> last = new HashMap<>();

  FileNumbers(List<PlannedFile> taken) {
    taken.forEach(name -> next(name.stem()));
  }

  /** The next number, from 1 on. */
  int next(String stem) {
    return last.merge(stem.toLowerCase(Locale.ROOT), 1, Integer::sum);
  }
}
