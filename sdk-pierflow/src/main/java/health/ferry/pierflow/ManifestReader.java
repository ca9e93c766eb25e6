package health.ferry.pierflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.core.IntegrityException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.pierflow.internal.SafeName;
import health.ferry.pierflow.internal.archive.PackageJson;
import health.ferry.pierflow.internal.archive.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code manifest.json} (fact sheet, 4). Fields may be absent or null, and unknown ones are
 * skipped; but the list of patients must be there, since Pierflow counts as imported whoever an
 * acknowledgement does not name.
 */
final class ManifestReader {

  private static final Set<String> MEMBERS =
      Set.of(
          "package_format",
          "organization_id",
          "organization_name",
          "partner_id",
          "built_at",
          "patient_count",
          "record_count");
  private static final Set<String> PATIENT_MEMBERS =
      Set.of("patient_id", "mrn", "file", "record_count");

  private final Set<String> files;
  private final Set<String> foldedIds = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private @Nullable List<ManifestPatient> patients;

  /**
   * @param files the archive's patients' files
   */
  private ManifestReader(Set<String> files) {
    this.files = files;
  }

  /**
   * Reads a manifest.
   *
   * @param files the archive's patients' files
   * @throws IntegrityException when it is no such manifest, or names a file that is not there
   * @throws UnsafeArchiveException when an id is none that may be shown or name a file
   */
  static PackageManifest read(byte[] text, Set<String> files) {
    try (JsonParser in = PackageJson.parser(new ByteArrayInputStream(text))) {
      return new ManifestReader(files).manifest(in, text);
    } catch (IOException broken) {
      throw refused(PackageJson.problem(broken));
    }
  }

  private PackageManifest manifest(JsonParser in, byte[] text) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw refused("is no JSON object");
    }
    Map<String, String> members = new HashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (name.equals("patients") && value == JsonToken.START_ARRAY) {
        patients(in);
      } else {
        member(in, name, MEMBERS, members, "");
      }
    }
    if (in.nextToken() != null) {
      throw refused("goes on after its JSON object");
    }
    if (patients == null) {
      throw refused("has no list of patients");
    }
    return new PackageManifest(members, patients, text);
  }

  private void patients(JsonParser in) throws IOException {
    if (patients != null) {
      throw refused("has more than one list of patients");
    }
    List<ManifestPatient> read = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      read.add(patient(in, "patients[" + read.size() + "] "));
    }
    patients = read;
  }

  private ManifestPatient patient(JsonParser in, String where) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw refused(where + "is no JSON object");
    }
    Map<String, String> members = new HashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      member(in, name, PATIENT_MEMBERS, members, where);
    }
    String id = members.get("patient_id");
    if (id == null) {
      throw refused(where + "has no patient_id");
    }
    if (!SafeName.isSafe(id)) {
      throw Refusal.unsafe("manifest.json " + where + "has a patient_id that cannot be a name");
    }
    if (!foldedIds.add(id.toLowerCase(Locale.ROOT))) {
      throw refused(where + "has the patient_id of another one");
    }
    String file = members.getOrDefault("file", "patients/" + id + ".json");
    if (!files.contains(file)) {
      throw refused(where + "names a file that the archive lacks");
    }
    if (!taken.add(file)) {
      throw refused(where + "names the file of another one");
    }
    return new ManifestPatient(
        id, members.get("mrn"), file, PackageManifest.count(members.get("record_count")));
  }

  /** Two answers to one question could lead two readers to two patients: neither is taken. */
  private static void member(
      JsonParser in, String name, Set<String> known, Map<String, String> members, String where)
      throws IOException {
    if (!known.contains(name)) {
      in.skipChildren();
      return;
    }
    String value = in.getValueAsString();
    in.skipChildren();
    if (value != null && members.put(name, value) != null) {
      throw refused(where + "has more than one " + name);
    }
  }

  private static IntegrityException refused(String what) {
    return Refusal.broken("manifest.json " + what);
  }
}
