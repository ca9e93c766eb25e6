package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.spool.IntLists;
import health.ferry.hami.internal.spool.LongTable;
import health.ferry.hami.internal.spool.Spool;

/**
 * Gives each resource to one group: that of the patient whom it names; else that of the first
 * resource with a patient to which its references lead; else that of a resource which leads to it.
 *
 * <p>Those that lead to a shared Organization do not become its first patient's by that: whoever is
 * found only through who refers to it passes its patient on to what it refers to and to nobody
 * else.
 */
final class PatientAssignment {

  /** Of a resource that names no patient. */
  static final int NOBODY = -1;

  private final Spool spool;
  private final IntLists links;

  /** The patient of each, and 1. */
  private final LongTable patients;

  private final LongTable groups;
  private int count;

  /**
   * An assignment of resources, by their positions.
   *
   * @param links where the references of each lead
   */
  PatientAssignment(Spool spool, IntLists links) {
    this.spool = spool;
    this.links = links;
    this.patients = new LongTable(spool);
    this.groups = new LongTable(spool);
  }

  /** Says whom a resource names: a number for the patient, or {@link #NOBODY}. */
  void name(int resource, int patient) {
    patients.set(resource, patient + 1L);
  }

  /** Ends the naming: numbers groups from 0, in the order of their first resource. */
  void assign() {
    spread(links.reversed(from -> isNobodys(from)));
    spread(links);
    LongTable ofPatients = new LongTable(spool);
    LongTable ofLoners = new LongTable(spool);
    Loners loners = new Loners();
    for (int i = 0; i < links.size(); i++) {
      LongTable numbers = isNobodys(i) ? ofLoners : ofPatients;
      long whose = isNobodys(i) ? loners.group(i) : patients.get(i);
      if (numbers.get(whose) == 0) {
        numbers.set(whose, ++count);
      }
      groups.set(i, numbers.get(whose) - 1);
    }
  }

  /** The group of a resource. */
  int group(int resource) {
    return (int) groups.get(resource);
  }

  /** How many groups there are. */
  int count() {
    return count;
  }

  private boolean isNobodys(int resource) {
    return patients.get(resource) == 0;
  }

  /** From everyone who has a patient, nearest first, to those without. */
  private void spread(IntLists ways) {
    LongTable queue = new LongTable(spool);
    int end = 0;
    for (int i = 0; i < ways.size(); i++) {
      if (!isNobodys(i)) {
        queue.set(end++, i);
      }
    }
    for (int i = 0; i < end; i++) {
      int from = (int) queue.get(i);
      for (int next : ways.get(from)) {
        if (isNobodys(next)) {
          patients.set(next, patients.get(from));
          queue.set(end++, next);
        }
      }
    }
  }

  /** Resources of no patient: linked ones together, and as many as a bundle holds. */
  private final class Loners {
    /** Another one of the same group, and 1; 0 of the first. */
    private final LongTable above = new LongTable(spool);

    private final LongTable filled = new LongTable(spool);

    Loners() {
      LongTable sizes = new LongTable(spool);
      for (int i = 0; i < links.size(); i++) {
        if (isNobodys(i)) {
          for (int to : links.get(i)) {
            if (isNobodys(to)) {
              join(top(i), top(to));
            }
          }
        }
      }
      for (int i = 0; i < links.size(); i++) {
        sizes.set(top(i), sizes.get(top(i)) + 1);
      }
      fill(sizes);
    }

    int group(int loner) {
      return (int) filled.get(top(loner));
    }

    private void join(int one, int other) {
      if (one != other) {
        above.set(Math.max(one, other), Math.min(one, other) + 1L);
      }
    }

    private int top(int loner) {
      int top = loner;
      while (above.get(top) != 0) {
        int next = (int) above.get(top) - 1;
        if (above.get(next) != 0) {
          above.set(top, above.get(next));
        }
        top = next;
      }
      return top;
    }

    private void fill(LongTable sizes) {
      int group = 0;
      long size = 0;
      for (int i = 0; i < links.size(); i++) {
        if (isNobodys(i) && top(i) == i) {
          if (size > 0 && size + sizes.get(i) > Packing.LIMIT) {
            group++;
            size = 0;
          }
          size += sizes.get(i);
          filled.set(i, group);
        }
      }
    }
  }
}
