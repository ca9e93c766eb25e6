package health.ferry.hami.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 1_000, 65_536, 65_537, 1_000_000})
  void keeps_what_was_set_and_is_zero_elsewhere(int range) {
    Random random = new Random(range);
    Map<Integer, Long> expected = new HashMap<>();
    try (Spool spool = new Spool(folder)) {
      LongTable table = new LongTable(spool);
      LongTable beside = new LongTable(spool);
      for (int i = 0; i < 20_000; i++) {
        int index = random.nextInt(range);
        long number = random.nextLong();
        table.set(index, number);
        beside.set(index, ~number);
        expected.put(index, number);
      }
      for (int i = 0; i < range; i++) {
        assertThat(table.get(i)).isEqualTo(expected.getOrDefault(i, 0L));
      }
      assertThat(table.get(range + 10_000_000L)).isZero();
    }
  }
}
