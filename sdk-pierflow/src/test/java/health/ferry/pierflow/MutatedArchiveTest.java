package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.IntegrityException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A good archive with one to three seeded changes to its bytes: it opens with exactly the content
 * that was packed, or is refused in one of two ways. Nothing else happens, and nothing is shown.
 */
class MutatedArchiveTest {

  private static final int VARIANTS = 2_000;
  private static final int PATIENTS = 3;
  private static final long[] NUMBERS = {
    0,
    1,
    8,
    22,
    46,
    0x7F,
    0xFF,
    0x100,
    0x7FFF,
    0xFFFE,
    0xFFFF,
    0x7FFFFFFFL,
    0xFFFFFFFEL,
    0xFFFFFFFFL
  };

  @TempDir Path folder;

  @Test
  void opens_with_the_right_content_or_is_refused() throws IOException {
    List<byte[]> originals = originals();
    List<String> right = contentOf(write(originals.get(0)));
    int opened = 0;
    int unsafe = 0;
    int broken = 0;
    for (int seed = 0; seed < VARIANTS; seed++) {
      byte[] mutated = mutate(originals.get(seed % originals.size()), new Random(seed));
      Path zip = write(mutated);
      try {
        assertThat(contentOf(zip)).as("seed " + seed).isEqualTo(right);
        opened++;
      } catch (UnsafeArchiveException refused) {
        Canary.assertAbsent((Throwable) refused);
        unsafe++;
      } catch (IntegrityException refused) {
        Canary.assertAbsent((Throwable) refused);
        broken++;
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed, other);
      }
    }
    // Dates and owners may change without anybody noticing.
    assertThat(opened).isGreaterThan(50);
    assertThat(unsafe).isGreaterThan(400);
    assertThat(broken).isGreaterThan(400);
  }

  /** As Pierflow writes it, and with all that ZIP allows beside. */
  private static List<byte[]> originals() {
    RawZip rich = new RawZip().comment(PackageContent.utf8("a comment"));
    int number = 0;
    for (RawZip.Item item : PackageContent.of(PATIENTS).items()) {
      number++;
      rich.add(
          (number % 4 == 0 ? RawZip.Item.stored(item.name, item.content()) : item)
              .descriptor(List.of(0, 12, 16).get(number % 3))
              .extra(0x5455, new byte[] {1, 2, 3, 4, 5}));
    }
    return List.of(PackageContent.of(PATIENTS).bytes(), rich.bytes());
  }

  private Path write(byte[] zip) throws IOException {
    return Files.write(folder.resolve("package.zip"), zip);
  }

  private static List<String> contentOf(Path zip) {
    List<String> content = new ArrayList<>();
    try (PackageArchive archive =
        PackageArchive.open(zip, OpenOptions.defaults(), Runnable::run, new Cancellation())) {
      content.add(archive.manifest().raw());
      content.addAll(archive.unlisted());
      for (PackagedPatient patient : archive.patients()) {
        content.add(patient.patientId());
        content.add(patient.json());
      }
    }
    return content;
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 8; changes--) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    int at = place(bytes, random);
    int length = 1 + random.nextInt(Math.min(60, bytes.length - at));
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> number(bytes, at, 2, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> number(bytes, at, 4, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4 -> {
        return splice(bytes, at, length, new byte[0]);
      }
      case 5 -> {
        int from = random.nextInt(bytes.length);
        byte[] copy = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
        return splice(bytes, at, random.nextBoolean() ? copy.length : 0, copy);
      }
      default -> {
        return Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }

  /** Mostly within a header, which are few bytes among many. */
  private static int place(byte[] bytes, Random random) {
    int start = random.nextInt(bytes.length);
    if (random.nextInt(4) > 0) {
      for (int at = start; at + 4 < bytes.length; at++) {
        if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] < 7) {
          return Math.min(bytes.length - 1, at + random.nextInt(50));
        }
      }
    }
    return start;
  }

  private static void number(byte[] bytes, int at, int size, long number) {
    if (at + size <= bytes.length) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (size == 2) {
        buffer.putShort(at, (short) number);
      } else {
        buffer.putInt(at, (int) number);
      }
    }
  }

  private static byte[] splice(byte[] bytes, int at, int count, byte[] by) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, at);
    spliced.writeBytes(by);
    int rest = Math.min(bytes.length, at + count);
    spliced.write(bytes, rest, bytes.length - rest);
    return spliced.toByteArray();
  }
}
