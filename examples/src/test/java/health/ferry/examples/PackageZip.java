package health.ferry.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package of one patient, {@code pat_1}, whose files a test may change before it is zipped. */
final class PackageZip {

  static final String BUNDLE =
      """
      {"resourceType": "Bundle", "type": "collection", "total": 1, "entry": [
        {"fullUrl": "Patient/pat_1", "resource": {"resourceType": "Patient", "id": "pat_1"}}]}
      """;

  private static final String MANIFEST =
      """
      {"package_format": "FHIR_R4_JSON", "organization_id": "org_north_clinic",
       "organization_name": "North Clinic", "partner_id": "ptr_1",
       "built_at": "2026-06-01T02:00:03.123Z", "patient_count": 1, "record_count": 1,
       "patients": [{"patient_id": "pat_1", "mrn": null, "file": "patients/pat_1.json",
                     "record_count": 1}]}
      """;

  private final Map<String, String> files = new LinkedHashMap<>();
  private boolean listed = true;

  private PackageZip() {
    files.put("patients/pat_1.json", BUNDLE);
    files.put("manifest.json", MANIFEST);
  }

  static PackageZip sound() {
    return new PackageZip();
  }

  PackageZip with(String name, String content) {
    files.put(name, content);
    return this;
  }

  PackageZip without(String name) {
    files.remove(name);
    return this;
  }

  PackageZip withoutChecksums() {
    listed = false;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        add(zip, file.getKey(), file.getValue());
      }
      if (listed) {
        add(zip, "checksum.sha256", checksums());
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private String checksums() {
    StringBuilder list = new StringBuilder();
    files.forEach(
        (name, content) -> list.append(sha256(content)).append("  ").append(name).append('\n'));
    return list.toString();
  }

  private static String sha256(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
