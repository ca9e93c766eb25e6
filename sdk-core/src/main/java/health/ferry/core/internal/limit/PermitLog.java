package health.ferry.core.internal.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * The log of what was sent: for each permit, when its answer came. What is in flight counts as now,
 * since the server may read it at any moment.
 *
 * <p>Not thread-safe; its owner is.
 */
final class PermitLog {

  /** One permit; still in flight until it is released. */
  static final class Slot {
    private boolean inFlight = true;
    private long releasedAt;

    void release(long now) {
      inFlight = false;
      releasedAt = now;
    }

    boolean isInFlight() {
      return inFlight;
    }
  }

  private final List<Window> windows;
  private final long longest;
  private final List<Slot> slots = new ArrayList<>();

  PermitLog(List<Window> windows) {
    this.windows = List.copyOf(windows);
    this.longest = windows.stream().mapToLong(window -> window.length().toNanos()).max().orElse(0);
  }

  Slot take() {
    Slot slot = new Slot();
    slots.add(slot);
    return slot;
  }

  /**
   * How long the next but {@code ahead} must wait, if those ahead are answered at once and what is
   * in flight is answered now; it may take longer, never less.
   */
  long nanosUntilFree(long now, int ahead) {
    forget(now);
    long wait = 0;
    for (Window window : windows) {
      wait = Math.max(wait, nanosUntilFree(window, now, ahead));
    }
    return wait;
  }

  /** Whether no window remembers anything. */
  boolean isEmpty(long now) {
    forget(now);
    return slots.isEmpty();
  }

  private void forget(long now) {
    slots.removeIf(slot -> !slot.inFlight && now - slot.releasedAt > longest);
  }

  private long nanosUntilFree(Window window, long now, int ahead) {
    // One nanosecond more: both ends of a window belong to it.
    long span = window.length().toNanos() + 1;
    List<Long> leaving =
        slots.stream()
            .map(slot -> slot.inFlight ? span : slot.releasedAt - now + span)
            .filter(wait -> wait > 0)
            .sorted()
            .toList();
    // Each takes the place of the one that came a whole window's permits before.
    int predecessor = leaving.size() + ahead - window.permits();
    long rounds = 0;
    for (; predecessor >= leaving.size(); predecessor -= window.permits()) {
      rounds++;
    }
    return rounds * span + (predecessor < 0 ? 0 : leaving.get(predecessor));
  }
}
