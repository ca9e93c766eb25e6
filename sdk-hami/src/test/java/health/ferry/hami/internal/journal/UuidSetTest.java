package health.ferry.hami.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** UUIDs, counted and written down in little space. */
class UuidSetTest {

  @Test
  void counts_each_uuid_once_however_many_there_are() {
    Random chance = new Random(4);
    UuidSet counted = new UuidSet();
    Set<UUID> expected = new HashSet<>();
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      // Every third one is one that was there before.
      UUID next =
          i % 3 == 2
              ? all.get(chance.nextInt(all.size()))
              : new UUID(chance.nextLong(), chance.nextLong());
      all.add(next);
      counted.add(next);
      expected.add(next);
      if (i % 997 == 0) {
        assertThat(counted.size()).isEqualTo(expected.size());
      }
    }
    assertThat(counted.size()).isEqualTo(expected.size()).isGreaterThan(13_000);
  }

  @Test
  void uuids_that_differ_in_one_bit_are_two() {
    UuidSet counted = new UuidSet();
    for (int bit = 0; bit < 64; bit++) {
      counted.add(new UUID(1L << bit, 0));
      counted.add(new UUID(0, 1L << bit));
    }
    assertThat(counted.size()).isEqualTo(128);
  }

  @Test
  void the_nil_uuid_counts_like_any_other() {
    UuidSet counted = new UuidSet();
    assertThat(counted.size()).isZero();
    counted.add(new UUID(0, 0));
    counted.add(new UUID(0, 0));
    assertThat(counted.size()).isEqualTo(1);
  }

  @Test
  void full_urls_become_a_text_and_uuids_again() {
    UUID one = UUID.fromString("f6ff3181-2799-47a0-9b8e-ad5569eb91b0");
    UUID other = UUID.fromString("39f640a9-e304-4c13-8b40-07ece7a03c15");
    String text =
        UuidText.of(List.of("urn:uuid:F6FF3181-2799-47a0-9b8e-ad5569eb91b0", "urn:uuid:" + other));
    List<UUID> read = new ArrayList<>();
    UuidText.read(text, read::add);

    assertThat(text).hasSize(44);
    assertThat(read).containsExactly(one, other);
    assertThat(UuidText.of(List.of())).isEmpty();
  }

  @Test
  void a_text_of_something_else_is_refused() {
    assertThatThrownBy(() -> UuidText.read("AAAA", uuid -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UuidText.read("?", uuid -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
