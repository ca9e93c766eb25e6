package health.ferry.core.internal.limit;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Cancellation.Registration;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Never more permits in any window than the window allows, wherever the window begins, as the
 * server sees it.
 *
 * <p>Limiters with fixed cycles let twice the allowance through at a cycle's edge, and token
 * buckets a burst on top. This one keeps the log of its last sends. A permit counts from its
 * acquisition until its window has passed since the answer of its request, because the server may
 * have read the request at any time between.
 *
 * <p>Thread-safe, first come first served, with a bounded queue.
 */
public final class SlidingWindowRateLimiter implements RateLimit {

  /** How many callers may wait at once. */
  public static final int MAX_WAITING = 1_000;

  /** The longest that one 429 closes the gate; then one request asks again. */
  static final Duration LONGEST_CLOSURE = Duration.ofMinutes(5);

  private final Time time;
  private final PermitLog log;
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private long closedUntil;

  /**
   * Makes a limiter.
   *
   * @param windows none for a server that tells its pace as it answers: everyone may go until it
   *     {@linkplain #closeFor closes the gate}
   */
  public SlidingWindowRateLimiter(List<Window> windows, Time time) {
    this.time = time;
    this.log = new PermitLog(windows);
    this.closedUntil = time.nanoTime();
  }

  /** Waits for its turn and for a free place in every window. */
  @Override
  public Permit acquire(CallInfo call, Deadline deadline, Cancellation cancellation) {
    Waiter waiter = enqueue(call);
    try (Registration registered = cancellation.onCancel(waiter::wake)) {
      while (true) {
        if (cancellation.isCancelled()) {
          throw new CancelledException(call, "the caller cancelled it", null);
        }
        Turn turn = turnOf(waiter);
        if (turn.permit().isPresent()) {
          return turn.permit().get();
        }
        if (turn.nanos() >= deadline.nanosLeft()) {
          throw late(call);
        }
        time.await(turn.wake(), turn.isFirst() ? turn.nanos() : deadline.nanosLeft());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(call, "its thread was interrupted", interrupted);
    } finally {
      leave(waiter);
    }
  }

  /** A permit if one is free now and nobody waits for it. */
  public synchronized Optional<Permit> tryAcquire() {
    return queue.isEmpty() && nanosUntilFree(0) == 0 ? Optional.of(take()) : Optional.empty();
  }

  /**
   * Lets nobody through for this long, five minutes at most: the server has said that it is too
   * much. Who waits looks again whether the wait still fits its deadline.
   */
  @Override
  public synchronized void closeFor(Duration pause) {
    Duration closure = pause.compareTo(LONGEST_CLOSURE) > 0 ? LONGEST_CLOSURE : pause;
    long until = time.nanoTime() + closure.toNanos();
    if (until - closedUntil > 0) {
      closedUntil = until;
      queue.forEach(Waiter::wake);
    }
  }

  /** Whether every window is empty and nobody waits, so that a new limiter would say the same. */
  public synchronized boolean isIdle() {
    long now = time.nanoTime();
    return queue.isEmpty() && closedUntil - now <= 0 && log.isEmpty(now);
  }

  synchronized int waiting() {
    return queue.size();
  }

  /** How many permits could be had at once now. */
  synchronized int available() {
    int count = 0;
    while (nanosUntilFree(count) == 0) {
      count++;
    }
    return count;
  }

  private synchronized Waiter enqueue(CallInfo call) {
    if (queue.size() >= MAX_WAITING) {
      throw late(call);
    }
    Waiter waiter = new Waiter();
    queue.addLast(waiter);
    return waiter;
  }

  private synchronized Turn turnOf(Waiter waiter) {
    Signal wake = waiter.rearm();
    int ahead = 0;
    for (Waiter other : queue) {
      if (other == waiter) {
        break;
      }
      ahead++;
    }
    long nanos = nanosUntilFree(ahead);
    Optional<Permit> permit = ahead == 0 && nanos == 0 ? Optional.of(take()) : Optional.empty();
    return new Turn(permit, ahead == 0, nanos, wake);
  }

  private long nanosUntilFree(int ahead) {
    long now = time.nanoTime();
    return Math.max(closedUntil - now, log.nanosUntilFree(now, ahead));
  }

  private Permit take() {
    PermitLog.Slot slot = log.take();
    return () -> release(slot);
  }

  private synchronized void release(PermitLog.Slot slot) {
    if (slot.isInFlight()) {
      slot.release(time.nanoTime());
      wakeFirst();
    }
  }

  private synchronized void leave(Waiter waiter) {
    queue.remove(waiter);
    wakeFirst();
  }

  private void wakeFirst() {
    Waiter first = queue.peekFirst();
    if (first != null) {
      first.wake();
    }
  }

  private static DeadlineExceededException late(CallInfo call) {
    return new DeadlineExceededException(call, Kind.QUEUE, Phase.CONNECT, false, null);
  }

  /** What a waiter learns when it looks: its permit, or how long to wait at least. */
  private record Turn(Optional<Permit> permit, boolean isFirst, long nanos, Signal wake) {}

  /** One caller in the queue; woken when it becomes the first or when a place may be free. */
  private static final class Waiter {
    private volatile Signal signal = new Signal();

    Signal rearm() {
      signal = new Signal();
      return signal;
    }

    void wake() {
      signal.fire();
    }
  }
}
