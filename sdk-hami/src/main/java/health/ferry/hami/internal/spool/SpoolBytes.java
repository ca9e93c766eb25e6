package health.ferry.hami.internal.spool;

import java.util.Arrays;

/**
 * Texts one after the other, each to be had again by its offset: the last mebibyte of them in
 * memory, the rest in the spool's file. Not thread-safe.
 */
final class SpoolBytes {

  private static final int BLOCK = 1024 * 1024;

  private final Spool spool;
  private byte[] block = new byte[8 * 1024];
  private int length;

  /** Where the block in memory will stand in the file. */
  private long start;

  SpoolBytes(Spool spool) {
    this.spool = spool;
    this.start = spool.allocate(BLOCK);
  }

  /** Adds a text, and says at which offset it can be had again. */
  long append(byte[] text) {
    if (text.length > BLOCK) {
      long part = spool.allocate(text.length);
      spool.write(part, text, text.length);
      return part;
    }
    if (length + text.length > BLOCK) {
      spool.write(start, block, length);
      start = spool.allocate(BLOCK);
      length = 0;
    }
    if (length + text.length > block.length) {
      block = Arrays.copyOf(block, Math.min(BLOCK, 2 * (length + text.length)));
    }
    System.arraycopy(text, 0, block, length, text.length);
    length += text.length;
    return start + length - text.length;
  }

  byte[] read(long offset, int count) {
    if (offset >= start && offset < start + BLOCK) {
      int from = (int) (offset - start);
      return Arrays.copyOfRange(block, from, from + count);
    }
    byte[] text = new byte[count];
    spool.read(offset, text);
    return text;
  }
}
