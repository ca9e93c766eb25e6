package health.ferry.hami.internal.preflight;

import health.ferry.hami.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes what the rules find below one place of a bundle. Rules say where as seen from that place:
 * {@code component[0].code}; the empty path is the place itself. For one thread.
 */
public final class Findings {

  private final String place;
  private final List<Finding> found;
  private final Set<String> wrong;

  private Findings(String place, List<Finding> found, Set<String> wrong) {
    this.place = place;
    this.found = found;
    this.wrong = wrong;
  }

  /** Nothing found yet, at the top. */
  public static Findings none() {
    return new Findings("", new ArrayList<>(), new HashSet<>());
  }

  /** The same findings, from a place further down. */
  public Findings at(String path) {
    return new Findings(join(path), found, wrong);
  }

  /** What HAMI's documentation rules out. Of several errors in one place, the first is kept. */
  public void error(String path, String rule) {
    if (wrong.add(join(path))) {
      found.add(Finding.of(Finding.Level.ERROR, join(path), rule));
    }
  }

  /** What HAMI may take. */
  public void warning(String path, String rule) {
    found.add(Finding.of(Finding.Level.WARNING, join(path), rule));
  }

  /** All that was found, at this place and elsewhere. */
  public List<Finding> all() {
    return List.copyOf(found);
  }

  private String join(String path) {
    return place.isEmpty() || path.isEmpty() ? place + path : place + '.' + path;
  }

  /** The place and the number. */
  @Override
  public String toString() {
    return found.size() + " findings, at " + place;
  }
}
