package health.ferry.pierflow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A ZIP written header by header, so that each of them can lie. */
final class RawZip {

  /** One entry. The headers can be patched at the offsets that APPNOTE 4.3 gives. */
  static final class Item {
    final String name;
    private final byte[] content;
    private final boolean deflated;
    private byte[] packed;
    private byte[] extra = {};
    private byte[] gap = {};
    private int descriptor;
    private Consumer<ByteBuffer> local = header -> {};
    private Consumer<ByteBuffer> central = header -> {};

    private Item(String name, byte[] content, boolean deflated) {
      this(name, content, deflated, deflated ? deflate(content) : content);
    }

    private Item(String name, byte[] content, boolean deflated, byte[] packed) {
      this.name = name;
      this.content = content;
      this.deflated = deflated;
      this.packed = packed;
    }

    static Item deflated(String name, byte[] content) {
      return new Item(name, content, true);
    }

    static Item stored(String name, byte[] content) {
      return new Item(name, content, false);
    }

    /** The same content under another name, not deflated again. */
    Item named(String other) {
      return new Item(other, content, deflated, packed);
    }

    Item local(Consumer<ByteBuffer> patch) {
      local = patch;
      return this;
    }

    Item central(Consumer<ByteBuffer> patch) {
      central = patch;
      return this;
    }

    Item both(Consumer<ByteBuffer> localPatch, Consumer<ByteBuffer> centralPatch) {
      return local(localPatch).central(centralPatch);
    }

    /** Extra fields, in both headers. */
    Item extra(int id, byte[] data) {
      extra =
          ByteBuffer.allocate(4 + data.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort((short) id)
              .putShort((short) data.length)
              .put(data)
              .array();
      return this;
    }

    /** The bytes between the headers, whatever the content is. */
    Item packed(byte[] bytes) {
      packed = bytes;
      return this;
    }

    byte[] content() {
      return content;
    }

    byte[] packed() {
      return packed;
    }

    /** Bytes behind this entry that belong to nobody. */
    Item gap(byte[] bytes) {
      gap = bytes;
      return this;
    }

    /** Sizes behind the bytes: 12 bytes, or 16 with a signature. */
    Item descriptor(int size) {
      descriptor = size;
      return this;
    }

    private static byte[] deflate(byte[] content) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      try {
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
          packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return packed.toByteArray();
      } finally {
        deflater.end();
      }
    }

    private long crc() {
      CRC32 crc = new CRC32();
      crc.update(content);
      return crc.getValue();
    }

    private int flags() {
      return descriptor > 0 ? 8 : 0;
    }

    private byte[] localHeader() {
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      byte[] bytes = new byte[30 + nameBytes.length + extra.length];
      ByteBuffer header = littleEndian(bytes);
      header.putInt(0x04034b50).putShort((short) 20).putShort((short) flags());
      header.putShort((short) (deflated ? 8 : 0)).putInt(0);
      header.putInt(descriptor > 0 ? 0 : (int) crc());
      header.putInt(descriptor > 0 ? 0 : packed.length);
      header.putInt(descriptor > 0 ? 0 : content.length);
      header.putShort((short) nameBytes.length).putShort((short) extra.length);
      header.put(nameBytes).put(extra);
      local.accept(header);
      return bytes;
    }

    private byte[] descriptorBytes() {
      byte[] all = new byte[descriptor];
      ByteBuffer bytes = littleEndian(all);
      if (descriptor == 16) {
        bytes.putInt(0x08074b50);
      }
      if (descriptor > 0) {
        bytes.putInt((int) crc()).putInt(packed.length).putInt(content.length);
      }
      return all;
    }

    private byte[] centralHeader(int at) {
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      byte[] bytes = new byte[46 + nameBytes.length + extra.length];
      ByteBuffer header = littleEndian(bytes);
      header.putInt(0x02014b50).putShort((short) 20).putShort((short) 20).putShort((short) flags());
      header.putShort((short) (deflated ? 8 : 0)).putInt(0).putInt((int) crc());
      header.putInt(packed.length).putInt(content.length);
      header.putShort((short) nameBytes.length).putShort((short) extra.length);
      header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(at);
      header.put(nameBytes).put(extra);
      central.accept(header);
      return bytes;
    }
  }

  private final List<Item> items = new ArrayList<>();
  private byte[] prefix = {};
  private byte[] beforeEnd = {};
  private byte[] comment = {};
  private byte[] suffix = {};
  private Consumer<ByteBuffer> end = record -> {};

  RawZip add(Item item) {
    items.add(item);
    return this;
  }

  RawZip prefix(byte[] bytes) {
    prefix = bytes;
    return this;
  }

  RawZip suffix(byte[] bytes) {
    suffix = bytes;
    return this;
  }

  RawZip beforeEnd(byte[] bytes) {
    beforeEnd = bytes;
    return this;
  }

  RawZip comment(byte[] bytes) {
    comment = bytes;
    return this;
  }

  RawZip end(Consumer<ByteBuffer> patch) {
    end = patch;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    zip.writeBytes(prefix);
    for (Item item : items) {
      directory.writeBytes(item.centralHeader(zip.size()));
      zip.writeBytes(item.localHeader());
      zip.writeBytes(item.packed);
      zip.writeBytes(item.descriptorBytes());
      zip.writeBytes(item.gap);
    }
    byte[] last = new byte[22 + comment.length];
    ByteBuffer record = littleEndian(last);
    record.putInt(0x06054b50).putInt(0);
    record.putShort((short) items.size()).putShort((short) items.size());
    record.putInt(directory.size()).putInt(zip.size());
    record.putShort((short) comment.length).put(comment);
    end.accept(record);
    zip.writeBytes(directory.toByteArray());
    zip.writeBytes(beforeEnd);
    zip.writeBytes(last);
    zip.writeBytes(suffix);
    return zip.toByteArray();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
