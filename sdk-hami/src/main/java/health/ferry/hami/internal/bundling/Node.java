package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.preflight.SupportedTypes;

/** A resource of a group, or one of another group to which it refers. */
final class Node {

  /** Where a reference leads that leads to no input. */
  static final int OUTSIDE = -1;

  private final InputDocument document;
  private final String fullUrl;
  private final int distance;
  private int[] targets = {};

  /**
   * A resource with its full URL.
   *
   * @param distance how many references away from the group's own
   */
  Node(InputDocument document, String fullUrl, int distance) {
    this.document = document;
    this.fullUrl = fullUrl;
    this.distance = distance;
  }

  InputDocument document() {
    return document;
  }

  String type() {
    return document.resource().type();
  }

  String fullUrl() {
    return fullUrl;
  }

  int distance() {
    return distance;
  }

  /** Whether it goes into bundles. */
  boolean isSent() {
    return SupportedTypes.contains(type());
  }

  /** The node to which each reference leads, or {@link #OUTSIDE}, in the order of the text. */
  int[] targets() {
    return targets;
  }

  void setTargets(int[] targets) {
    this.targets = targets;
  }

  @Override
  public String toString() {
    return document.toString();
  }
}
