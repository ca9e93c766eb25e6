package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ConfigurationException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.time.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit takes what is as large as it, and refuses one more. */
class PackageLimitsTest {

  private static final PackageLimits DEFAULTS = PackageLimits.defaults();

  @TempDir Path folder;

  private void open(byte[] zip, PackageLimits limits) throws IOException {
    Path path = Files.write(folder.resolve("package.zip"), zip);
    OpenOptions options = OpenOptions.defaults().limits(limits);
    PackageArchive.open(path, options, Runnable::run, new Cancellation()).close();
  }

  private void holds(byte[] zip, PackageLimits enough, PackageLimits oneLess, String reason)
      throws IOException {
    open(zip, enough);
    assertThatThrownBy(() -> open(zip, oneLess))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessage("Pierflow open failed: " + reason);
  }

  private static byte[] good() {
    return PackageContent.of(2).bytes();
  }

  /** A file that is easily packed, of so many bytes. */
  private static PackageContent large(int size) {
    String bundle = "{\"resourceType\":\"Bundle\"}";
    return PackageContent.of(1)
        .file("patients/pat_1.json", bundle + " ".repeat(size - bundle.length()));
  }

  @Test
  void are_those_of_the_design() {
    assertThat(DEFAULTS.archiveBytes()).isEqualTo(2L << 30);
    assertThat(DEFAULTS.entries()).isEqualTo(10_000);
    assertThat(DEFAULTS.entryBytes()).isEqualTo(64L << 20);
    assertThat(DEFAULTS.totalBytes()).isEqualTo(8L << 30);
    assertThat(DEFAULTS.ratio()).isEqualTo(200);
    assertThat(DEFAULTS.indexBytes()).isEqualTo(10L << 20);
  }

  @Test
  void bound_the_archive() throws IOException {
    int size = good().length;
    holds(
        good(),
        DEFAULTS.archiveBytes(size),
        DEFAULTS.archiveBytes(size - 1),
        "the archive has more than " + (size - 1) + " bytes");
  }

  @Test
  void bound_the_number_of_entries() throws IOException {
    holds(good(), DEFAULTS.entries(5), DEFAULTS.entries(4), "the archive has more than 4 entries");
  }

  @Test
  void bound_one_entry() throws IOException {
    holds(
        large(5_000).bytes(),
        DEFAULTS.entryBytes(5_000),
        DEFAULTS.entryBytes(4_999),
        "entry 2 holds more than 4999 bytes");
  }

  @Test
  void bound_all_entries_together() throws IOException {
    int total = PackageContent.of(2).items().stream().mapToInt(item -> item.content().length).sum();
    holds(
        good(),
        DEFAULTS.totalBytes(total),
        DEFAULTS.totalBytes(total - 1),
        "the archive holds more than " + (total - 1) + " bytes");
  }

  @Test
  void bound_the_manifest_and_the_checksum_list() throws IOException {
    PackageContent content = PackageContent.of(2);
    String manifest = PackageContent.manifest(PackageContent.ids(2));
    int size = manifest.length() + 600 - manifest.length() % 600;
    content.manifest(manifest + " ".repeat(size - manifest.length()));
    assertThat(content.list().length()).isLessThan(size);
    holds(
        content.bytes(),
        DEFAULTS.indexBytes(size),
        DEFAULTS.indexBytes(size - 1),
        "entry 4 holds more than " + (size - 1) + " bytes");

    content.list(content.list() + "\n".repeat(5_000 - content.list().length()));
    holds(
        content.bytes(),
        DEFAULTS.indexBytes(5_000),
        DEFAULTS.indexBytes(4_999),
        "entry 5 holds more than 4999 bytes");
  }

  @Test
  void bound_how_far_an_entry_inflates() throws IOException {
    PackageContent content = large(200_000);
    int packed = content.items().get(1).packed().length;
    int ratio = (200_000 + packed - 1) / packed;
    assertThat(ratio).isGreaterThan(200);
    holds(
        content.bytes(),
        DEFAULTS.ratio(ratio),
        DEFAULTS.ratio(ratio - 1),
        "entry 2 is packed to less than 1/" + (ratio - 1) + " of its size");
  }

  @Test
  void refuse_a_bomb_by_default() {
    byte[] bomb = large(50_000_000).bytes();
    assertThat(bomb.length).isLessThan(100_000);
    assertThatThrownBy(() -> open(bomb, DEFAULTS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("entry 2 is packed to less than 1/200 of its size");
  }

  @Test
  void a_bomb_that_lies_about_its_size_ends_where_it_said() {
    RawZip zip = new RawZip();
    for (RawZip.Item item : large(50_000_000).items()) {
      zip.add(
          item.name.equals("patients/pat_1.json")
              ? item.local(header -> header.putInt(22, 4_000))
                  .central(header -> header.putInt(24, 4_000))
              : item);
    }
    assertThatThrownBy(() -> open(zip.bytes(), DEFAULTS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessage("Pierflow open failed: patients/pat_1.json holds more than it says");
  }

  @Test
  void are_never_none() {
    List<UnaryOperator<PackageLimits>> wrong =
        List.of(
            limits -> limits.archiveBytes(0),
            limits -> limits.archiveBytes(0xFFFFFFFFL),
            limits -> limits.entries(0),
            limits -> limits.entries(0xFFFF),
            limits -> limits.entryBytes(0),
            limits -> limits.entryBytes(Integer.MAX_VALUE),
            limits -> limits.totalBytes(0),
            limits -> limits.ratio(0),
            limits -> limits.indexBytes(0));
    for (UnaryOperator<PackageLimits> change : wrong) {
      assertThatThrownBy(() -> change.apply(DEFAULTS))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("must be from 1 to ");
    }
  }
}
