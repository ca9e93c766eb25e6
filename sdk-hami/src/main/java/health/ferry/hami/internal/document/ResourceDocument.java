package health.ferry.hami.internal.document;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.fhir.FhirR4;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource as its JSON in UTF-8, with what one pass over it found. The bytes stay as they are:
 * whoever changes something splices it in, so that nothing else changes.
 *
 * <p>Immutable, as long as nobody writes into {@link #json()}. It is patient data.
 */
public final class ResourceDocument {

  /** The offset of what is not there. */
  public static final int NOWHERE = -1;

  private final byte[] json;
  private final String type;
  private final @Nullable TextSpot id;
  private final int identifier;
  private final List<ReferenceSpot> references;
  private final List<TextSpot> dates;

  ResourceDocument(
      byte[] json,
      String type,
      @Nullable TextSpot id,
      int identifier,
      List<ReferenceSpot> references,
      List<TextSpot> dates) {
    this.json = json;
    this.type = type;
    this.id = id;
    this.identifier = identifier;
    this.references = List.copyOf(references);
    this.dates = List.copyOf(dates);
  }

  /**
   * Looks through a resource.
   *
   * @param json one JSON object; kept, not copied
   * @throws MalformedDocumentException when it is no JSON object in UTF-8, or names no type
   */
  public static ResourceDocument of(byte[] json, FhirR4 fhir) throws MalformedDocumentException {
    StrictUtf8.require(json);
    return new DocumentScanner(json, fhir.context()).scan();
  }

  /**
   * Looks through a resource.
   *
   * @throws MalformedDocumentException when it is no JSON object, names no type, or has no UTF-8
   */
  public static ResourceDocument of(String json, FhirR4 fhir) throws MalformedDocumentException {
    return of(StrictUtf8.of(json), fhir);
  }

  /** The bytes, as they were given. */
  public byte[] json() {
    return json;
  }

  /** The resource's type, as it states it. */
  public String type() {
    return type;
  }

  /** The resource's logical id. */
  public Optional<String> id() {
    return Optional.ofNullable(id).map(TextSpot::value);
  }

  /** Where it stands. */
  Optional<TextSpot> idSpot() {
    return Optional.ofNullable(id);
  }

  /** Where the value of the resource's own {@code identifier} begins, or {@link #NOWHERE}. */
  public int identifierOffset() {
    return identifier;
  }

  /**
   * Every literal reference, contained resources and extensions included, in the order of the text.
   * References by identifier alone are none of them.
   */
  public List<ReferenceSpot> references() {
    return references;
  }

  /** Every {@code date}, {@code dateTime} and {@code instant}, in the order of the text. */
  public List<TextSpot> dates() {
    return dates;
  }

  /** The whole resource as a tree, read anew at each call. */
  public JsonNode tree() {
    try {
      return JsonTree.read(json);
    } catch (IOException impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  /** Type and size. */
  @Override
  public String toString() {
    return type + ", " + json.length + " bytes";
  }
}
