package health.ferry.examples.faults;

import java.util.List;
import java.util.stream.Stream;

/** The whole table. */
public final class Scenarios {

  private Scenarios() {}

  public static List<Scenario> all() {
    return Stream.of(
            TokenFaults.all(),
            KickOffFaults.all(),
            StatusFaults.all(),
            ManifestFaults.all(),
            FileFaults.all(),
            ContentFaults.all(),
            LineFaults.all(),
            DeleteFaults.all())
        .flatMap(List::stream)
        .toList();
  }
}
