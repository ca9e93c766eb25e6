package health.ferry.testkit.suite;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Passes output on and notes which markers go by, also across two writes. Keeps no more than the
 * end of what it saw. Thread-safe.
 */
final class MarkerScanner extends OutputStream {

  private final PrintStream target;
  private final Map<String, String> markers;
  private final int overlap;
  private final Set<String> found = new TreeSet<>();
  private String tail = "";

  /** Looks for the values of {@code markers}, and names them by their keys. */
  MarkerScanner(PrintStream target, Map<String, String> markers) {
    this.target = target;
    this.markers = markers;
    this.overlap = markers.values().stream().mapToInt(String::length).max().orElse(1) - 1;
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    target.write(bytes, from, count);
    // Markers are ASCII, so any encoding that keeps ASCII will do.
    String text = tail + new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    int known = tail.length();
    markers.forEach(
        (name, marker) -> {
          // A match must end in the new text: one that lies in the tail was counted before.
          if (text.indexOf(marker, Math.max(0, known - marker.length() + 1)) >= 0) {
            found.add(name);
          }
        });
    tail = text.substring(Math.max(0, text.length() - overlap));
  }

  @Override
  public void flush() {
    target.flush();
  }

  /** What was found since the last call. */
  synchronized Set<String> takeFound() {
    Set<String> taken = new TreeSet<>(found);
    found.clear();
    return taken;
  }
}
