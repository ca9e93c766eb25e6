package health.ferry.core.internal.limit;

import java.util.ArrayList;
import java.util.Comparator;
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
   * At least how long the next but {@code ahead} must wait. Exact when nobody is ahead and nothing
   * in flight stands in the way; otherwise it may take longer.
   */
  long nanosUntilFree(long now, int ahead) {
    slots.removeIf(slot -> !slot.inFlight && now - slot.releasedAt > longest);
    long wait = 0;
    for (Window window : windows) {
      wait = Math.max(wait, nanosUntilFree(window, now, ahead));
    }
    return wait;
  }

  private long nanosUntilFree(Window window, long now, int ahead) {
    long length = window.length().toNanos();
    List<Slot> within =
        slots.stream().filter(slot -> slot.inFlight || now - slot.releasedAt <= length).toList();
    int mustLeave = within.size() + ahead + 1 - window.permits();
    if (mustLeave <= 0) {
      return 0;
    }
    List<Slot> leaving =
        within.stream()
            .filter(slot -> !slot.inFlight)
            .sorted(Comparator.comparingLong(slot -> slot.releasedAt - now))
            .toList();
    if (mustLeave <= leaving.size()) {
      // One nanosecond more: both ends of a window belong to it.
      return leaving.get(mustLeave - 1).releasedAt - now + length + 1;
    }
    long rounds = 1 + (long) (mustLeave - leaving.size() - 1) / window.permits();
    return rounds * (length + 1);
  }
}
