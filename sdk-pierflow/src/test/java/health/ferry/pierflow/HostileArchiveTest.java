package health.ferry.pierflow;

import static health.ferry.pierflow.PackageContent.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import health.ferry.core.IntegrityException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that no honest builder writes: each is refused with its own reason. */
class HostileArchiveTest {

  private static final int LOCAL_FLAGS = 6;
  private static final int LOCAL_METHOD = 8;
  private static final int LOCAL_CRC = 14;
  private static final int LOCAL_PACKED_SIZE = 18;
  private static final int LOCAL_SIZE = 22;
  private static final int LOCAL_NAME = 30;
  private static final int CENTRAL_FLAGS = 8;
  private static final int CENTRAL_METHOD = 10;
  private static final int CENTRAL_CRC = 16;
  private static final int CENTRAL_PACKED_SIZE = 20;
  private static final int CENTRAL_SIZE = 24;
  private static final int CENTRAL_NAME_SIZE = 28;
  private static final int CENTRAL_VOLUME = 34;
  private static final int CENTRAL_OFFSET = 42;
  private static final int CENTRAL_NAME = 46;

  @TempDir Path folder;

  private PackageArchive open(byte[] zip) throws IOException {
    Path path = Files.write(folder.resolve("package.zip"), zip);
    return PackageArchive.open(path, OpenOptions.defaults(), Runnable::run, new Cancellation());
  }

  /** A good package of two patients of which one item, {@code patients/pat_1.json}, is changed. */
  private static byte[] with(UnaryOperator<RawZip.Item> change) {
    RawZip zip = new RawZip();
    for (RawZip.Item item : PackageContent.of(2).items()) {
      zip.add(item.name.equals("patients/pat_1.json") ? change.apply(item) : item);
    }
    return zip.bytes();
  }

  private static byte[] zip(UnaryOperator<RawZip> change) {
    return change.apply(PackageContent.of(2).zip()).bytes();
  }

  private static byte[] and(RawZip.Item item) {
    return zip(zip -> zip.add(item));
  }

  private static Consumer<ByteBuffer> u16(int at, int value) {
    return header -> header.putShort(at, (short) value);
  }

  private static Consumer<ByteBuffer> u32(int at, long value) {
    return header -> header.putInt(at, (int) value);
  }

  private static Consumer<ByteBuffer> more(int at, int by) {
    return header -> header.putInt(at, header.getInt(at) + by);
  }

  static Stream<Arguments> names() {
    return Stream.of(
            "../patients/pat_1.json",
            "patients/../pat_9.json",
            "patients/../../etc/passwd",
            "/patients/pat_9.json",
            "/etc/passwd",
            "C:\\pat_9.json",
            "patients\\pat_9.json",
            "patients/sub/pat_9.json",
            "patients/sub/",
            "patients//pat_9.json",
            "./patients/pat_9.json",
            "patients/..json",
            "patients/...json",
            "patients/.json",
            "patients/pat 9.json",
            "patients/pat_9.json ",
            "patients/pat_9.JSON",
            "patients/pat_9.xml",
            "patients/pat_9.json/",
            "patients/pät.json",
            "patients/pa\u0308t.json",
            "patients/pat\u0000.json",
            "patients/pat\n.json",
            "Patients/pat_9.json",
            "Manifest.json",
            "manifest.json/",
            "readme.txt",
            "patients",
            "patients/" + "x".repeat(129) + ".json",
            Canary.FAMILY + ".txt",
            "")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("names")
  void refuses_a_name_outside_of_the_layout_without_showing_it(String name) {
    assertThatThrownBy(() -> open(and(RawZip.Item.deflated(name, utf8("{}")))))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessage("Pierflow open failed: entry 6 has a name outside of the layout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"patients/pat_1.json", "patients/PAT_1.json", "patients/Pat_2.json"})
  void refuses_a_name_that_comes_twice_also_in_another_case(String name) {
    RawZip.Item again = RawZip.Item.deflated(name, utf8(PackageContent.bundle("pat_1")));
    assertThatThrownBy(() -> open(and(again)))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessage("Pierflow open failed: entry 6 has the name of another one");
  }

  @Test
  void refuses_the_folder_the_manifest_and_the_list_twice() {
    for (String name : List.of("manifest.json", "checksum.sha256", "patients/")) {
      assertThatThrownBy(() -> open(and(RawZip.Item.stored(name, new byte[0]))))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageEndingWith("entry 6 has the name of another one");
    }
  }

  static Stream<Arguments> unsafe() {
    byte[] packed = RawZip.Item.deflated("a", utf8(PackageContent.bundle("pat_1"))).packed();
    return Stream.of(
        arguments(
            "another name",
            with(item -> item.local(h -> h.put(LOCAL_NAME + 9, (byte) 'x'))),
            "patients/pat_1.json is another one in its local header"),
        arguments("a shorter name", with(item -> item.local(u16(26, 18))), "in its local header"),
        arguments(
            "another method",
            with(item -> item.local(u16(LOCAL_METHOD, 0))),
            "in its local header"),
        arguments(
            "other flags", with(item -> item.local(u16(LOCAL_FLAGS, 2))), "in its local header"),
        arguments(
            "another CRC", with(item -> item.local(more(LOCAL_CRC, 1))), "in its local header"),
        arguments(
            "another packed size",
            with(item -> item.local(more(LOCAL_PACKED_SIZE, 1))),
            "in its local header"),
        arguments(
            "another size", with(item -> item.local(more(LOCAL_SIZE, -1))), "in its local header"),
        arguments(
            "no sizes, and no descriptor",
            with(item -> item.local(u32(LOCAL_SIZE, 0))),
            "in its local header"),
        arguments(
            "no local header", with(item -> item.local(u32(0, 0x04034b51))), "in its local header"),
        arguments(
            "another name in the directory",
            with(item -> item.central(h -> h.put(CENTRAL_NAME + 9, (byte) 'x'))),
            "patients/xat_1.json is another one in its local header"),
        arguments(
            "descriptor with another CRC",
            with(item -> item.descriptor(16).central(more(CENTRAL_CRC, 1))),
            "in its local header"),
        arguments(
            "descriptor of a strange length",
            with(item -> item.descriptor(12).gap(new byte[2])),
            "patients/pat_1.json has no data descriptor"),
        arguments(
            "descriptor promised and not there",
            with(item -> item.both(u16(LOCAL_FLAGS, 8), u16(CENTRAL_FLAGS, 8))),
            "has no data descriptor"),
        arguments(
            "encrypted",
            with(item -> item.both(u16(LOCAL_FLAGS, 1), u16(CENTRAL_FLAGS, 1))),
            "entry 2 is encrypted"),
        arguments(
            "strongly encrypted",
            with(item -> item.central(u16(CENTRAL_FLAGS, 1 << 6))),
            "entry 2 is encrypted"),
        arguments(
            "masked",
            with(item -> item.central(u16(CENTRAL_FLAGS, 1 << 13))),
            "entry 2 is encrypted"),
        arguments("AES", with(item -> item.extra(0x9901, new byte[7])), "entry 2 is encrypted"),
        arguments(
            "patched data",
            with(item -> item.central(u16(CENTRAL_FLAGS, 1 << 5))),
            "entry 2 has flags that are not known"),
        arguments(
            "bzip2",
            with(item -> item.both(u16(LOCAL_METHOD, 12), u16(CENTRAL_METHOD, 12))),
            "entry 2 is packed by an unknown method"),
        arguments(
            "deflate64",
            with(item -> item.both(u16(LOCAL_METHOD, 9), u16(CENTRAL_METHOD, 9))),
            "entry 2 is packed by an unknown method"),
        arguments(
            "another volume",
            with(item -> item.central(u16(CENTRAL_VOLUME, 1))),
            "entry 2 is on another volume"),
        arguments(
            "second name",
            with(item -> item.extra(0x7075, new byte[9])),
            "entry 2 has a second name"),
        arguments(
            "ZIP64 sizes", with(item -> item.extra(0x0001, new byte[16])), "entry 2 is ZIP64"),
        arguments(
            "extra field cut off",
            with(item -> item.extra(0x5455, new byte[4]).central(u16(CENTRAL_NAME + 21, 9))),
            "entry 2 has an extra field that is cut off"),
        arguments(
            "stored with two sizes",
            with(item -> item.both(u16(LOCAL_METHOD, 0), u16(CENTRAL_METHOD, 0))),
            "entry 2 is stored, and has two sizes"),
        arguments(
            "name longer than the directory",
            with(item -> item.central(u16(CENTRAL_NAME_SIZE, 65000))),
            "entry 2 is longer than the central directory"),
        arguments(
            "header that is none",
            with(item -> item.central(u32(0, 7))),
            "entry 2 has no header in the central directory"),
        arguments(
            "folder with content",
            new RawZip().add(RawZip.Item.stored("patients/", utf8("x"))).bytes(),
            "entry 1 is a folder with content"),
        arguments(
            "two entries of one place",
            with(item -> item.central(u32(CENTRAL_OFFSET, 0))),
            "overlaps"),
        arguments(
            "an entry inside of another one",
            with(item -> item.central(more(CENTRAL_OFFSET, 7))),
            "no entry before"),
        arguments(
            "an entry behind the end",
            with(item -> item.central(u32(CENTRAL_OFFSET, 0x7FFFFFFFL))),
            "no entry before"),
        arguments(
            "an entry that reaches into the next one",
            with(item -> item.both(more(LOCAL_PACKED_SIZE, 4), more(CENTRAL_PACKED_SIZE, 4))),
            "what follows patients/pat_1.json overlaps what comes before it"),
        arguments(
            "bytes between entries",
            with(item -> item.gap(utf8("hidden"))),
            "the archive holds bytes of no entry before patients/pat_2.json"),
        arguments(
            "an entry that the directory hides",
            with(item -> item.gap(hidden())),
            "the archive holds bytes of no entry before patients/pat_2.json"),
        arguments(
            "bytes before the first entry",
            zip(zip -> zip.prefix(utf8("#!/bin/sh\n"))),
            "the archive holds bytes of no entry before patients/"),
        arguments(
            "bytes before the directory",
            zip(zip -> zip.end(more(12, -1))),
            "the central directory is not where the end record says"),
        arguments(
            "bytes behind the directory",
            zip(zip -> zip.beforeEnd(utf8("hidden"))),
            "the central directory is not where the end record says"),
        arguments(
            "bytes behind the end",
            zip(zip -> zip.suffix(utf8("hidden"))),
            "the archive goes on behind its end record"),
        arguments(
            "an end record in the comment",
            zip(zip -> zip.comment(PackageContent.of(1).bytes())),
            "the archive has more than one end record"),
        arguments(
            "several volumes",
            zip(zip -> zip.end(u16(4, 1))),
            "the archive is one of several volumes"),
        arguments(
            "fewer entries on this volume",
            zip(zip -> zip.end(u16(8, 1))),
            "the archive is one of several volumes"),
        arguments(
            "fewer entries than the directory",
            zip(zip -> zip.end(u16(8, 3).andThen(u16(10, 3)))),
            "the central directory holds more than its entries"),
        arguments(
            "more entries than the directory",
            zip(zip -> zip.end(u16(8, 9).andThen(u16(10, 9)))),
            "the central directory has fewer entries than promised"),
        arguments(
            "ZIP64 count",
            zip(zip -> zip.end(u16(8, 0xFFFF).andThen(u16(10, 0xFFFF)))),
            "the archive is ZIP64, which is not supported"),
        arguments(
            "ZIP64 place",
            zip(zip -> zip.end(u32(16, 0xFFFFFFFFL))),
            "the archive is ZIP64, which is not supported"),
        arguments(
            "ZIP64 locator",
            zip(zip -> zip.beforeEnd(zip64Locator())),
            "the archive is ZIP64, which is not supported"),
        arguments(
            "more than it says",
            with(item -> item.both(more(LOCAL_SIZE, -1), more(CENTRAL_SIZE, -1))),
            "patients/pat_1.json holds more than it says"),
        arguments(
            "nothing, it says",
            with(item -> item.both(u32(LOCAL_SIZE, 0), u32(CENTRAL_SIZE, 0))),
            "patients/pat_1.json holds more than it says"),
        arguments(
            "bytes behind the compressed data",
            with(item -> item.packed(Arrays.copyOf(packed, packed.length + 3))),
            "patients/pat_1.json has bytes behind its compressed data"));
  }

  private static byte[] hidden() {
    return new RawZip().add(RawZip.Item.stored("patients/hidden.json", utf8("{}"))).bytes();
  }

  private static byte[] zip64Locator() {
    byte[] locator = new byte[20];
    System.arraycopy(new byte[] {0x50, 0x4b, 6, 7}, 0, locator, 0, 4);
    return locator;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsafe")
  void refuses_as_unsafe(String what, byte[] zip, String reason) {
    assertThatThrownBy(() -> open(zip))
        .as(what)
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageStartingWith("Pierflow open failed: ")
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> broken() {
    byte[] good = PackageContent.of(2).bytes();
    byte[] packed = RawZip.Item.deflated("a", utf8(PackageContent.bundle("pat_1"))).packed();
    return Stream.of(
        arguments("nothing", new byte[0], "it has no end record"),
        arguments("an HTML page", utf8("<html>an error</html>"), "it has no end record"),
        arguments(
            "cut off in the end record", Arrays.copyOf(good, good.length - 1), "no end record"),
        arguments("cut off in the middle", Arrays.copyOf(good, good.length / 2), "no end record"),
        arguments(
            "cut off in the comment",
            Arrays.copyOf(zip(zip -> zip.comment(utf8("a comment"))), good.length + 3),
            "it has no end record"),
        arguments(
            "less than it says",
            with(item -> item.both(more(LOCAL_SIZE, 1), more(CENTRAL_SIZE, 1))),
            "patients/pat_1.json holds less than it says"),
        arguments(
            "deflated data that ends early",
            with(item -> item.packed(Arrays.copyOf(packed, packed.length - 9))),
            "patients/pat_1.json is cut off"),
        arguments(
            "no deflated data at all",
            with(item -> item.packed(utf8("this was never deflated"))),
            "patients/pat_1.json does not inflate"),
        arguments(
            "another CRC",
            with(item -> item.both(more(LOCAL_CRC, 1), more(CENTRAL_CRC, 1))),
            "patients/pat_1.json does not have its CRC-32"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void refuses_as_not_whole(String what, byte[] zip, String reason) {
    assertThatThrownBy(() -> open(zip))
        .as(what)
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Pierflow open failed: ")
        .hasMessageContaining(reason);
  }

  @Test
  void the_package_that_was_changed_here_is_a_good_one() throws IOException {
    try (PackageArchive archive = open(with(item -> item))) {
      assertThat(archive.manifest().patients()).hasSize(2);
    }
  }
}
