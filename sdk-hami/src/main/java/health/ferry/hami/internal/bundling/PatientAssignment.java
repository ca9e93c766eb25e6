package health.ferry.hami.internal.bundling;

import java.util.Arrays;

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

  private final int[] patients;
  private final IntLists links;

  /**
   * An assignment of resources, by their positions.
   *
   * @param patients a number for the patient whom each names, or {@link #NOBODY}
   * @param links where the references of each lead
   */
  PatientAssignment(int[] patients, IntLists links) {
    this.patients = patients.clone();
    this.links = links;
  }

  /** A number from 0 for each resource, groups in the order of their first resource. */
  int[] groups() {
    spread(links.reversed(from -> patients[from] == NOBODY));
    spread(links);
    Fingerprints numbers = new Fingerprints();
    int[] groups = new int[patients.length];
    int next = 0;
    int[] loners = new Loners().groups();
    for (int i = 0; i < groups.length; i++) {
      long group = patients[i] == NOBODY ? -2L - loners[i] : 1L + patients[i];
      if (!numbers.contains(group)) {
        numbers.put(group, next++);
      }
      groups[i] = numbers.get(group);
    }
    return groups;
  }

  /** From everyone who has a patient, nearest first, to those without. */
  private void spread(IntLists ways) {
    int[] queue = new int[patients.length];
    int end = 0;
    for (int i = 0; i < patients.length; i++) {
      if (patients[i] != NOBODY) {
        queue[end++] = i;
      }
    }
    for (int i = 0; i < end; i++) {
      for (int next : ways.get(queue[i])) {
        if (patients[next] == NOBODY) {
          patients[next] = patients[queue[i]];
          queue[end++] = next;
        }
      }
    }
  }

  /** Resources of no patient: linked ones together, and as many as a bundle holds. */
  private final class Loners {
    private final int[] above = new int[patients.length];

    int[] groups() {
      Arrays.setAll(above, i -> i);
      for (int i = 0; i < above.length; i++) {
        if (patients[i] == NOBODY) {
          for (int to : links.get(i)) {
            if (patients[to] == NOBODY) {
              above[Math.max(top(i), top(to))] = Math.min(top(i), top(to));
            }
          }
        }
      }
      return filled();
    }

    private int top(int i) {
      int top = i;
      while (above[top] != top) {
        above[top] = above[above[top]];
        top = above[top];
      }
      return top;
    }

    private int[] filled() {
      int[] sizes = new int[above.length];
      for (int i = 0; i < above.length; i++) {
        sizes[top(i)]++;
      }
      int[] groups = new int[above.length];
      int group = 0;
      int size = 0;
      for (int i = 0; i < above.length; i++) {
        if (patients[i] == NOBODY && top(i) == i) {
          if (size > 0 && size + sizes[i] > Packing.LIMIT) {
            group++;
            size = 0;
          }
          size += sizes[i];
          groups[i] = group;
        } else {
          groups[i] = groups[top(i)];
        }
      }
      return groups;
    }
  }
}
