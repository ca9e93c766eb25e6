package health.ferry.hami.internal.bundling;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Many short lists of numbers in two arrays: each added behind the one before. */
final class IntLists {

  private int[] starts = new int[64];
  private int[] numbers = new int[256];
  private int lists;

  /** Adds a list. */
  void add(int... list) {
    if (lists + 1 >= starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    int end = starts[lists] + list.length;
    if (end > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(end, numbers.length * 2));
    }
    System.arraycopy(list, 0, numbers, starts[lists], list.length);
    starts[++lists] = end;
  }

  int size() {
    return lists;
  }

  /** One list, in an array of its own. */
  int[] get(int list) {
    return Arrays.copyOfRange(numbers, starts[list], starts[list + 1]);
  }

  /** Who lists whom, the other way round: each number of these lists by the lists that have it. */
  IntLists reversed(IntPredicate ofList) {
    IntLists reversed = new IntLists();
    reversed.lists = lists;
    reversed.starts = new int[lists + 1];
    forEach(ofList, (list, number) -> reversed.starts[number + 1]++);
    for (int i = 0; i < lists; i++) {
      reversed.starts[i + 1] += reversed.starts[i];
    }
    reversed.numbers = new int[reversed.starts[lists]];
    int[] next = reversed.starts.clone();
    forEach(ofList, (list, number) -> reversed.numbers[next[number]++] = list);
    return reversed;
  }

  private void forEach(IntPredicate ofList, Pair each) {
    for (int list = 0; list < lists; list++) {
      for (int i = starts[list]; ofList.test(list) && i < starts[list + 1]; i++) {
        each.of(list, numbers[i]);
      }
    }
  }

  private interface Pair {
    void of(int list, int number);
  }
}
