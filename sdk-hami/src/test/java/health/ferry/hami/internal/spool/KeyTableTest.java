package health.ferry.hami.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 200_000})
  void keeps_the_last_value_of_each_key(int keys) {
    Random random = new Random(keys);
    Map<String, Integer> expected = new HashMap<>();
    try (Spool spool = new Spool(folder)) {
      KeyTable table = new KeyTable(spool);
      for (int i = 0; i < keys * 2; i++) {
        String key = "Patient/" + random.nextInt(keys);
        table.put(Fingerprint.of(key), i);
        expected.put(key, i);
      }
      for (int i = 0; i < keys; i++) {
        String key = "Patient/" + i;
        assertThat(table.get(Fingerprint.of(key)))
            .isEqualTo(expected.getOrDefault(key, KeyTable.ABSENT));
      }
    }
  }

  @Test
  void tells_keys_apart_that_would_stand_in_one_place() {
    try (Spool spool = new Spool(folder)) {
      KeyTable table = new KeyTable(spool);
      for (int i = 0; i < 1_000; i++) {
        table.put(new Fingerprint(7, i), i);
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(table.get(new Fingerprint(7, i))).isEqualTo(i);
      }
      assertThat(table.contains(new Fingerprint(7, 1_000))).isFalse();
    }
  }

  @Test
  void fingerprint_is_the_beginning_of_the_sha_256() {
    // FIPS 180-2, B.1.
    assertThat(Fingerprint.of("abc"))
        .isEqualTo(new Fingerprint(0xba7816bf8f01cfeaL, 0x414140de5dae2223L));
  }
}
