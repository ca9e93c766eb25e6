package health.ferry.testkit.internal.bulkfhir;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list into pages. */
final class Pages {

  private Pages() {}

  /** At least one page, be it empty. */
  static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> pages = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      pages.add(List.copyOf(all.subList(from, Math.min(all.size(), from + size))));
    }
    return pages.isEmpty() ? List.of(List.of()) : List.copyOf(pages);
  }
}
