package health.ferry.hami.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntListsTest {

  private static final int LISTS = 30_000;

  @TempDir Path folder;

  @Test
  void gives_back_each_list_and_who_lists_whom() {
    Random random = new Random(1);
    List<int[]> given = new ArrayList<>();
    List<List<Integer>> reversed = new ArrayList<>();
    IntStream.range(0, LISTS).forEach(number -> reversed.add(new ArrayList<>()));
    try (Spool spool = new Spool(folder)) {
      IntLists lists = new IntLists(spool);
      for (int list = 0; list < LISTS; list++) {
        int[] numbers = random.ints(random.nextInt(5), 0, LISTS).toArray();
        given.add(numbers);
        lists.add(numbers);
        for (int number : list % 3 == 0 ? numbers : new int[0]) {
          reversed.get(number).add(list);
        }
      }

      IntLists ofEveryThird = lists.reversed(list -> list % 3 == 0);

      assertThat(lists.size()).isEqualTo(LISTS);
      for (int i = 0; i < LISTS; i++) {
        assertThat(lists.get(i)).isEqualTo(given.get(i));
        assertThat(IntStream.of(ofEveryThird.get(i)).boxed().toList()).isEqualTo(reversed.get(i));
      }
    }
  }
}
