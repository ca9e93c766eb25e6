package health.ferry.pierflow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.json.Splice;
import health.ferry.pierflow.internal.archive.PackageJson;
import health.ferry.pierflow.internal.archive.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Points a Bundle's dangling {@code subject} and {@code patient} references at its one Patient:
 * Pierflow leaves the temporary id of the extraction in them (fact sheet, 5). Walks once through
 * the JSON and changes the references' text alone. Used once.
 */
final class PatientBinding {

  private static final Set<String> TO_A_PATIENT = Set.of("subject", "patient");

  private final byte[] json;
  private final Set<String> resolved = new HashSet<>();
  private final List<Spot> spots = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();
  private int patients;
  private String patient = "";

  private PatientBinding(byte[] json) {
    this.json = json;
  }

  /**
   * A reference to a patient.
   *
   * @param value what it refers to
   * @param type the type that it states beside
   * @param start the first byte of the value's JSON text
   * @param end the byte behind it
   */
  private record Spot(String path, String value, @Nullable String type, int start, int end) {
    Spot within(String resource) {
      return new Spot(resource + "." + path, value, type, start, end);
    }

    /** A subject may also be a group, a device, a place. */
    boolean isToSomethingElse() {
      if (type != null) {
        return !type.equals("Patient");
      }
      String[] parts = unversioned().split("/", -1);
      String stated = parts.length < 2 ? "" : parts[parts.length - 2];
      return stated.matches("[A-Z][A-Za-z]+") && !stated.equals("Patient");
    }

    String unversioned() {
      int version = value.indexOf("/_history/");
      return version < 0 ? value : value.substring(0, version);
    }
  }

  /**
   * Looks through a Bundle.
   *
   * @param file what errors call it
   * @throws IntegrityException when it is no JSON, or holds no Patient or several
   */
  static PatientBinding of(String file, byte[] json) {
    try (JsonParser in = PackageJson.parser(json)) {
      PatientBinding binding = new PatientBinding(json);
      binding.bundle(in);
      binding.requireOnePatient(file);
      return binding;
    } catch (IOException broken) {
      throw Refusal.broken(file + " " + PackageJson.problem(broken));
    }
  }

  private void requireOnePatient(String file) {
    if (patients != 1) {
      throw Refusal.broken(file + " holds " + (patients == 0 ? "no Patient" : "several Patients"));
    }
    if (patient.isEmpty()) {
      throw Refusal.broken(file + " holds a Patient with neither an id nor a full URL");
    }
    spots.removeIf(spot -> resolved.contains(spot.unversioned()) || spot.isToSomethingElse());
  }

  /** Where references are bound, such as {@code Observation/obs_1.subject}. */
  List<String> references() {
    return spots.stream().map(Spot::path).toList();
  }

  /** The Bundle with its references bound. */
  byte[] json() {
    byte[] target = quoted(patient);
    return Splice.apply(
        json, spots.stream().map(spot -> new Splice(spot.start(), spot.end(), target)).toList());
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('"');
    json.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    json.write('"');
    return json.toByteArray();
  }

  private void bundle(JsonParser in) throws IOException {
    in.nextToken();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      if (in.nextToken() == JsonToken.START_ARRAY && name.equals("entry")) {
        for (int index = 0; in.nextToken() != JsonToken.END_ARRAY; index++) {
          entry(in, index);
        }
      }
      in.skipChildren();
    }
  }

  private void entry(JsonParser in, int index) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    int firstSpot = spots.size();
    String fullUrl = null;
    Head head = new Head();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (name.equals("resource") && value == JsonToken.START_OBJECT) {
        object(in, head);
      } else if (name.equals("fullUrl")) {
        fullUrl = in.getValueAsString();
      }
      in.skipChildren();
    }
    add(head, fullUrl);
    String resource = head.literal();
    String place = resource == null ? "entry[" + index + "].resource" : resource;
    spots.subList(firstSpot, spots.size()).replaceAll(spot -> spot.within(place));
  }

  private void add(Head head, @Nullable String fullUrl) {
    String literal = head.literal();
    if (literal != null) {
      resolved.add(literal);
    }
    if (fullUrl != null) {
      resolved.add(fullUrl);
    }
    if ("Patient".equals(head.type)) {
      patients++;
      // Beside a URN, Type/id resolves to nothing (FHIR R4, Bundle, resolving references).
      boolean urn = fullUrl != null && fullUrl.startsWith("urn:");
      String known = literal == null || urn ? fullUrl : literal;
      patient = known == null ? "" : known;
    }
  }

  /** What a resource says of itself. */
  private static final class Head {
    private @Nullable String type;
    private @Nullable String id;

    @Nullable String literal() {
      return type == null || id == null ? null : type + "/" + id;
    }
  }

  /** Walks to the end of an object; {@code head} is null below the resource's own members. */
  private void object(JsonParser in, @Nullable Head head) throws IOException {
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      int length = path.length();
      path.append(length == 0 ? "" : ".").append(name);
      if (value == JsonToken.START_ARRAY) {
        array(in, TO_A_PATIENT.contains(name));
      } else if (value == JsonToken.START_OBJECT) {
        member(in, TO_A_PATIENT.contains(name));
      } else if (head != null && name.equals("resourceType")) {
        head.type = in.getValueAsString();
      } else if (head != null && name.equals("id")) {
        head.id = in.getValueAsString();
      }
      path.setLength(length);
    }
  }

  private void array(JsonParser in, boolean toAPatient) throws IOException {
    int length = path.length();
    int index = 0;
    for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
      path.append('[').append(index++).append(']');
      if (item == JsonToken.START_OBJECT) {
        member(in, toAPatient);
      } else {
        in.skipChildren();
      }
      path.setLength(length);
    }
  }

  private void member(JsonParser in, boolean toAPatient) throws IOException {
    if (toAPatient) {
      reference(in);
    } else {
      object(in, null);
    }
  }

  private void reference(JsonParser in) throws IOException {
    Spot literal = null;
    String type = null;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("reference")) {
        int start = Math.toIntExact(in.currentTokenLocation().getByteOffset());
        String text = in.getText();
        int end = Math.toIntExact(in.currentLocation().getByteOffset());
        literal = new Spot(path.toString(), text, null, start, end);
      } else if (name.equals("type")) {
        type = in.getValueAsString();
      }
      in.skipChildren();
    }
    // What begins with # is contained in the same resource.
    if (literal != null && !literal.value().startsWith("#")) {
      spots.add(new Spot(literal.path(), literal.value(), type, literal.start(), literal.end()));
    }
  }
}
