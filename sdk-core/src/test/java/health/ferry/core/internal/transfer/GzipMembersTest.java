package health.ferry.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMembersTest {

  private static final String TEXT = "{\"resourceType\":\"Patient\"}\n".repeat(40);

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Hands out few bytes at a time, as a disk may. */
  private static InputStream slowly(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] into) {
        return read(into, 0, Math.min(most, into.length));
      }
    };
  }

  private static byte[] inflated(byte[] bytes, int most) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] output = new byte[100];
    try (GzipMembers members = new GzipMembers(slowly(bytes, most))) {
      for (int read = members.read(output); read >= 0; read = members.read(output)) {
        all.write(output, 0, read);
      }
    }
    return all.toByteArray();
  }

  private static String text(byte[] bytes, int most) throws IOException {
    return new String(inflated(bytes, most), StandardCharsets.UTF_8);
  }

  @Test
  void members_are_read_one_after_the_other_however_the_bytes_come() throws IOException {
    byte[] two = joined(gzip(TEXT), gzip("and more"));
    for (int most : new int[] {1, 2, 7, 64, 100_000}) {
      assertThat(text(two, most)).isEqualTo(TEXT + "and more");
    }
  }

  @Test
  void what_cannot_be_compressed_and_what_is_empty_come_whole_too() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);

    assertThat(inflated(gzip(noise), 100_000)).isEqualTo(noise);
    assertThat(inflated(gzip(""), 3)).isEmpty();
    assertThat(inflated(joined(gzip(""), gzip("x")), 3)).isEqualTo(new byte[] {'x'});
  }

  @Test
  void a_header_may_have_a_name_a_comment_extra_bytes_and_a_checksum() throws IOException {
    byte[] plain = gzip(TEXT);
    byte[] head = Arrays.copyOf(plain, 10);
    head[3] = 2 | 4 | 8 | 16;
    byte[] more = {3, 0, 1, 2, 3, 'n', 0, 'c', 0, 9, 9};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

    assertThat(text(joined(head, more, rest), 5)).isEqualTo(TEXT);
  }

  @Test
  void a_file_cut_anywhere_is_not_whole() throws IOException {
    byte[] two = joined(gzip(TEXT), gzip("and more"));
    int first = gzip(TEXT).length;
    for (int length = 1; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      if (length != first) {
        assertThatThrownBy(() -> inflated(cut, 100_000))
            .as("cut after %d bytes", length)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void nothing_may_follow_the_last_member() throws IOException {
    for (byte[] garbage : new byte[][] {{0}, {0x1f}, {0x1f, (byte) 0x8b}, {13, 10}}) {
      byte[] bytes = joined(gzip(TEXT), garbage);
      assertThatThrownBy(() -> inflated(bytes, 100_000)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> inflated(bytes, 1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void each_bit_of_a_trailer_counts() throws IOException {
    byte[] whole = gzip(TEXT);
    for (int i = whole.length - 8; i < whole.length; i++) {
      byte[] wrong = whole.clone();
      wrong[i] ^= 4;
      assertThatThrownBy(() -> inflated(wrong, 100_000)).isInstanceOf(IOException.class);
    }
  }
}
