package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.List;

/** What has found no place so far, in the order of the message. */
final class UnmappedParts {

  private final List<Unmapped> parts = new ArrayList<>();

  void add(String path, String reason) {
    parts.add(new Unmapped(path, reason));
  }

  /** Everything in the segment that nobody has asked for. */
  void addLeftovers(Segment segment) {
    segment.leftovers().forEach(path -> add(path, "has no mapping"));
  }

  List<Unmapped> list() {
    return List.copyOf(parts);
  }
}
