package health.ferry.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Body;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier process left behind is used as far as its ledger vouches for it, and no more. */
class PartTakenUpTest {

  private static final byte[] CONTENT = Download.lines(300_000);
  private static final int HALF = 150_000;
  private static final String ETAG = "\"v1\"";

  @TempDir Path folder;

  private final FaultyServer server = FaultyServer.start();
  private Path target;
  private Download download;

  @BeforeEach
  void prepare() {
    target = folder.resolve("Patient-1.ndjson");
    download = new Download(target);
    server.serve("/file", Body.of(CONTENT), FileOptions.defaults().etag(ETAG));
  }

  @AfterEach
  void close() {
    download.close();
    server.close();
  }

  private void left(byte[] part, PartLedger ledger) throws IOException {
    Files.write(download.part(), part);
    ledger.save(download.part());
  }

  private static byte[] first(byte[] content, int bytes) {
    return Arrays.copyOf(content, bytes);
  }

  private static PartLedger ledger(byte[] vouchedFor, @Nullable String etag, long total) {
    return ledger(vouchedFor, etag, Encoding.IDENTITY, total);
  }

  private static PartLedger ledger(
      byte[] vouchedFor, @Nullable String etag, Encoding encoding, long total) {
    CRC32C checksum = new CRC32C();
    checksum.update(vouchedFor);
    return new PartLedger(
        "Patient-1", etag, encoding, vouchedFor.length, checksum.getValue(), total);
  }

  private Optional<String> rangeAfterFetch() throws IOException {
    download.fetch(server.url("/file"));
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(target));
    assertThat(server.requests()).hasSize(1);
    RecordedRequest request = server.requests().get(0);
    return request.header("Range");
  }

  @Test
  void bytes_and_ledger_that_agree_are_taken_up() throws IOException {
    byte[] half = first(CONTENT, HALF);
    left(half, ledger(half, ETAG, CONTENT.length));

    assertThat(rangeAfterFetch()).contains("bytes=150000-");
  }

  @Test
  void bytes_beyond_the_ledger_are_dropped() throws IOException {
    left(first(CONTENT, HALF + 5_000), ledger(first(CONTENT, HALF), ETAG, CONTENT.length));

    assertThat(rangeAfterFetch()).contains("bytes=150000-");
  }

  @Test
  void fewer_bytes_than_the_ledger_says_start_again() throws IOException {
    left(first(CONTENT, HALF - 1), ledger(first(CONTENT, HALF), ETAG, CONTENT.length));

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77_777, HALF - 1})
  void a_byte_that_has_changed_on_disk_starts_again(int place) throws IOException {
    byte[] half = first(CONTENT, HALF);
    PartLedger ledger = ledger(half, ETAG, CONTENT.length);
    half[place] ^= 1;
    left(half, ledger);

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @Test
  void bytes_without_a_ledger_start_again() throws IOException {
    Files.write(download.part(), first(CONTENT, HALF));

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @Test
  void a_ledger_without_bytes_starts_again() throws IOException {
    ledger(first(CONTENT, HALF), ETAG, CONTENT.length).save(download.part());

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"identity\":\"Patient-1\",\"encoding\":\"ident",
        "{\"identity\":\"Patient-1\",\"encoding\":\"br\",\"bytes\":3,\"crc32c\":0}",
        "{\"identity\":\"Patient-1\",\"encoding\":\"identity\",\"bytes\":-1,\"crc32c\":0}",
        "\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
      })
  void a_torn_ledger_starts_again(String torn) throws IOException {
    Files.write(download.part(), first(CONTENT, HALF));
    Files.writeString(download.ledger(), torn);

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @Test
  void no_content_of_a_ledger_is_an_error() throws IOException {
    Random chance = new Random(11);
    byte[] whole =
        "{\"identity\":\"a\",\"etag\":\"b\",\"encoding\":\"gzip\",\"bytes\":1,\"crc32c\":2}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 500; round++) {
      byte[] torn = first(whole, chance.nextInt(whole.length));
      for (int flips = chance.nextInt(8); flips > 0 && torn.length > 0; flips--) {
        torn[chance.nextInt(torn.length)] = (byte) chance.nextInt();
      }
      Files.write(download.ledger(), torn);

      assertThat(PartLedger.read(download.part())).isNotNull();
    }
  }

  @Test
  void a_part_without_a_strong_etag_starts_again() throws IOException {
    byte[] half = first(CONTENT, HALF);
    left(half, ledger(half, null, CONTENT.length));

    assertThat(rangeAfterFetch()).isEmpty();
  }

  @Test
  void a_whole_part_is_published_without_a_request() throws IOException {
    left(CONTENT, ledger(CONTENT, ETAG, CONTENT.length));

    assertThat(download.fetch(server.url("/file"))).isEqualTo(CONTENT.length);

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(target));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_whole_gzip_part_is_decoded_and_published_without_a_request() throws IOException {
    byte[] encoded = gzip(CONTENT);
    left(encoded, ledger(encoded, ETAG, Encoding.GZIP, encoded.length));

    assertThat(download.fetch(server.url("/file"))).isEqualTo(CONTENT.length);

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_whole_part_that_is_not_what_was_promised_is_fetched_again() throws IOException {
    byte[] encoded = gzip(CONTENT);
    encoded[encoded.length - 6] ^= 1;
    left(encoded, ledger(encoded, ETAG, Encoding.GZIP, encoded.length));

    assertThat(rangeAfterFetch()).isEmpty();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(encoded)) {
      gzip.write(content);
    }
    return encoded.toByteArray();
  }
}
