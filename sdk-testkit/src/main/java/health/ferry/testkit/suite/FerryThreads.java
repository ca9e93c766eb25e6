package health.ferry.testkit.suite;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that Ferry has made, known by their names. */
final class FerryThreads {

  private static final String PREFIX = "ferry-";

  private FerryThreads() {}

  static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(PREFIX) && thread.isAlive())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** A pool's thread without work: it keeps nobody from leaving. */
  static boolean isIdleDaemon(Thread thread) {
    return thread.isDaemon()
        && (thread.getState() == Thread.State.WAITING
            || thread.getState() == Thread.State.TIMED_WAITING)
        && waitsForWork(thread.getStackTrace());
  }

  private static boolean waitsForWork(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName() + "." + frame.getMethodName();
      if (name.equals("java.util.concurrent.ThreadPoolExecutor.getTask")
          || name.equals("java.util.concurrent.ForkJoinPool.awaitWork")) {
        return true;
      }
    }
    return false;
  }
}
