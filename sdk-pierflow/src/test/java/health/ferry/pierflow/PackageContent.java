package health.ferry.pierflow;

import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files of a package, to be changed and zipped: as Pierflow builds it, and otherwise. */
final class PackageContent {

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private String manifest;
  private String list = "";

  private PackageContent(List<String> ids) {
    ids.forEach(id -> files.put(file(id), utf8(bundle(id))));
    manifest = manifest(ids);
    relist();
  }

  /** A package of patients {@code pat_1} to {@code pat_n}. */
  static PackageContent of(int patients) {
    return of(ids(patients));
  }

  static PackageContent of(List<String> ids) {
    return new PackageContent(ids);
  }

  static List<String> ids(int patients) {
    return IntStream.rangeClosed(1, patients).mapToObj(i -> "pat_" + i).toList();
  }

  static String file(String id) {
    return "patients/" + id + ".json";
  }

  /** As fact sheet 5 has it: a total, relative full URLs, and a subject that is not there. */
  static String bundle(String id) {
    return """
    {
      "resourceType": "Bundle",
      "type": "collection",
      "timestamp": "2026-06-01T02:00:03.123Z",
      "total": 2,
      "entry": [
        {
          "fullUrl": "Patient/%1$s",
          "resource": {
            "resourceType": "Patient",
            "id": "%1$s",
            "name": [{"use": "official", "text": "Ada %2$s", "family": "%2$s"}],
            "gender": "female"
          }
        },
        {
          "fullUrl": "Observation/obs_bp_%1$s",
          "resource": {
            "resourceType": "Observation",
            "id": "obs_bp_%1$s",
            "status": "final",
            "code": {"text": "Weight"},
            "subject": {"reference": "Patient/pat_0a1b2c3d4e5f"},
            "valueQuantity": {"value": 61.50, "unit": "kg"}
          }
        }
      ]
    }
    """
        .formatted(id, Canary.FAMILY);
  }

  static String manifest(List<String> ids) {
    return """
    {
      "package_format": "FHIR_R4_JSON",
      "organization_id": "org_lagos_general_clinic",
      "organization_name": "Lagos General Clinic",
      "partner_id": "ptr_1",
      "built_at": "2026-06-01T02:00:03.123Z",
      "patient_count": %d,
      "record_count": %d,
      "patients": [%s]
    }
    """
        .formatted(
            ids.size(),
            2 * ids.size() + 1,
            ids.stream()
                .map(
                    id ->
                        """
                        {"patient_id": "%s", "mrn": "LGC-%s", "file": "%s", "record_count": 2}"""
                            .formatted(id, id, file(id)))
                .collect(Collectors.joining(", ")));
  }

  /** The same package with another manifest, and a list that fits it. */
  PackageContent manifest(String text) {
    manifest = text;
    return relist();
  }

  /** The same package with another file or another content of one, and a list that fits it. */
  PackageContent file(String name, String text) {
    files.put(name, utf8(text));
    return relist();
  }

  PackageContent without(String name) {
    files.remove(name);
    return relist();
  }

  /** The same package with another checksum list. */
  PackageContent list(String text) {
    list = text;
    return this;
  }

  String list() {
    return list;
  }

  private PackageContent relist() {
    StringBuilder text = new StringBuilder();
    text.append(line("manifest.json", utf8(manifest)));
    files.forEach((name, content) -> text.append(line(name, content)));
    list = text.toString();
    return this;
  }

  private static String line(String name, byte[] content) {
    return sha256(content) + "  " + name + "\n";
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** The entries as Pierflow's archives have them: folder, patients, manifest, list. */
  List<RawZip.Item> items() {
    List<RawZip.Item> items = new ArrayList<>();
    items.add(RawZip.Item.stored("patients/", new byte[0]));
    files.forEach((name, content) -> items.add(RawZip.Item.deflated(name, content)));
    items.add(RawZip.Item.deflated("manifest.json", utf8(manifest)));
    items.add(RawZip.Item.deflated("checksum.sha256", utf8(list)));
    return items;
  }

  RawZip zip() {
    RawZip zip = new RawZip();
    items().forEach(zip::add);
    return zip;
  }

  byte[] bytes() {
    return zip().bytes();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
