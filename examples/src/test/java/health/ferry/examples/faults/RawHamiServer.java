package health.ferry.examples.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A HAMI on raw sockets: takes every bundle, by its bytes, and fails where it is told to. Its
 * second origin must never be asked.
 */
public final class RawHamiServer implements AutoCloseable {

  /** By the bundle's bytes. */
  private final Map<String, String> idsByBundle = new LinkedHashMap<>();

  private final List<Planned> faults = new ArrayList<>();
  private final RawServer home = RawServer.start(this::answer);
  private final RawServer elsewhere = RawServer.start(request -> Reply.of(500));

  /** A fault, which bundles in the order of their coming it strikes, and how often still. */
  private static final class Planned {
    private final Fault fault;
    private final int firstBundle;
    private int left;

    Planned(Fault fault, int firstBundle, int times) {
      this.fault = fault;
      this.firstBundle = firstBundle;
      this.left = times;
    }
  }

  /** The fault strikes so many submissions from a bundle on, counted from 1. */
  synchronized void plan(int firstBundle, int times, Fault fault) {
    faults.add(new Planned(fault, firstBundle, times));
  }

  /** From now on nothing goes wrong. */
  synchronized void heal() {
    faults.clear();
  }

  public String base() {
    return home.origin();
  }

  String otherOrigin() {
    return elsewhere.origin();
  }

  List<Request> requests() {
    return home.log();
  }

  List<Request> requestsElsewhere() {
    return elsewhere.log();
  }

  /** The bundles that were taken, in the order of their coming. */
  synchronized List<String> taken() {
    return List.copyOf(idsByBundle.keySet());
  }

  private Answer answer(Request request) {
    Incident incident = Incident.of(request, () -> take(request.body()));
    Fault fault = next();
    return fault == null ? incident.honest() : fault.commit(incident);
  }

  private synchronized @Nullable Fault next() {
    long bundle = requests().stream().map(Request::body).distinct().count();
    for (Planned planned : faults) {
      if (planned.left > 0 && bundle >= planned.firstBundle) {
        planned.left--;
        return planned.fault;
      }
    }
    return null;
  }

  private synchronized Reply take(String bundle) {
    String id = idsByBundle.computeIfAbsent(bundle, any -> "transaction-" + idsByBundle.size());
    return Reply.of(200)
        .with("Content-Type", "application/json")
        .body("{\"transactionId\":\"" + id + "\"}");
  }

  @Override
  public void close() {
    home.close();
    elsewhere.close();
  }
}
