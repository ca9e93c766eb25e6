package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a package as Pierflow's builder does (fact sheet, 4): the folder's own entry, the
 * patients, {@code manifest.json}, and {@code checksum.sha256} at the end. Holds one patient at a
 * time.
 */
final class PackageZip implements AutoCloseable {

  /** The level that Pierflow uses. */
  static final int LEVEL = 6;

  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 6, 1, 2, 0);

  private final ZipOutputStream zip;
  private final int level;
  private final ArrayNode index = JsonNodeFactory.instance.arrayNode();
  private final StringBuilder checksums = new StringBuilder();
  private int records;

  PackageZip(OutputStream out, int level) throws IOException {
    this.level = level;
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(level);
    ZipEntry folder = new ZipEntry("patients/");
    folder.setTimeLocal(ENTRY_TIME);
    folder.setMethod(ZipEntry.STORED);
    folder.setSize(0);
    folder.setCrc(0);
    zip.putNextEntry(folder);
    zip.closeEntry();
  }

  void add(PatientFile patient) throws IOException {
    byte[] bytes = patient.json().getBytes(StandardCharsets.UTF_8);
    entry(patient.path(), bytes);
    checksums.append(checksumLine(patient.path(), bytes));
    index.add(patient.manifestLine());
    records += patient.recordCount();
  }

  /** Writes the manifest and the checksums. */
  void finish(PackageHead head) throws IOException {
    ObjectNode manifest = head.manifest(index.size(), records);
    manifest.set("patients", index);
    byte[] bytes = PrettyJson.of(manifest).getBytes(StandardCharsets.UTF_8);
    entry("manifest.json", bytes);
    checksums.insert(0, checksumLine("manifest.json", bytes));
    entry("checksum.sha256", checksums.toString().getBytes(StandardCharsets.UTF_8));
    zip.finish();
  }

  private static String checksumLine(String path, byte[] bytes) {
    return Sha256.of(bytes) + "  " + path + "\n";
  }

  /** Sizes stand in the local header, as with Pierflow, so they are worked out beforehand. */
  private void entry(String path, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(ENTRY_TIME);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    entry.setSize(bytes.length);
    entry.setCompressedSize(compressedSize(bytes));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private long compressedSize(byte[] bytes) throws IOException {
    Deflater deflater = new Deflater(level, true);
    try (DeflaterOutputStream counted =
        new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater)) {
      counted.write(bytes);
      counted.finish();
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
