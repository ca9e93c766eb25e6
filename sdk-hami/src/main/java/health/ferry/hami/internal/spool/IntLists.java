package health.ferry.hami.internal.spool;

import java.util.function.IntPredicate;

/**
 * Many short lists of numbers, each added behind the one before. Not thread-safe. Over when its
 * spool is closed.
 */
public final class IntLists {

  private final Spool spool;
  private final LongTable starts;
  private final LongTable numbers;
  private int size;

  /** No lists. */
  public IntLists(Spool spool) {
    this.spool = spool;
    this.starts = new LongTable(spool);
    this.numbers = new LongTable(spool);
  }

  /** Adds a list. */
  public void add(int... list) {
    long at = starts.get(size);
    for (int number : list) {
      numbers.set(at++, number);
    }
    starts.set(++size, at);
  }

  /** How many lists there are. */
  public int size() {
    return size;
  }

  /** One list, in an array of its own. */
  public int[] get(int list) {
    long start = starts.get(list);
    int[] copy = new int[(int) (starts.get(list + 1L) - start)];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (int) numbers.get(start + i);
    }
    return copy;
  }

  /**
   * Who lists whom, the other way round: each number of these lists by the lists that have it.
   *
   * @param ofList which lists count
   */
  public IntLists reversed(IntPredicate ofList) {
    IntLists reversed = new IntLists(spool);
    reversed.size = size;
    LongTable lengths = new LongTable(spool);
    forEach(ofList, (list, number) -> lengths.set(number, lengths.get(number) + 1));
    for (int i = 0; i < size; i++) {
      reversed.starts.set(i + 1L, reversed.starts.get(i) + lengths.get(i));
    }
    LongTable taken = new LongTable(spool);
    forEach(
        ofList,
        (list, number) -> {
          long before = taken.get(number);
          reversed.numbers.set(reversed.starts.get(number) + before, list);
          taken.set(number, before + 1);
        });
    return reversed;
  }

  private void forEach(IntPredicate ofList, Pair each) {
    for (int list = 0; list < size; list++) {
      if (ofList.test(list)) {
        for (long i = starts.get(list); i < starts.get(list + 1L); i++) {
          each.of(list, (int) numbers.get(i));
        }
      }
    }
  }

  private interface Pair {
    void of(int list, int number);
  }
}
