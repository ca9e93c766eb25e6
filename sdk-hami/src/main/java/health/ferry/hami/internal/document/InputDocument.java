package health.ferry.hami.internal.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it came in: alone, or as an entry of a bundle that gives it a full URL, and from
 * which place of the input.
 */
public final class InputDocument {

  private final ResourceDocument resource;
  private final @Nullable String fullUrl;
  private final String place;

  private InputDocument(ResourceDocument resource, @Nullable String fullUrl, String place) {
    this.resource = resource;
    this.fullUrl = fullUrl;
    this.place = place;
  }

  /** A resource that stands alone. */
  public static InputDocument of(ResourceDocument resource) {
    return new InputDocument(resource, null, "input");
  }

  /** A resource of a bundle. */
  public static InputDocument of(ResourceDocument resource, String fullUrl) {
    return new InputDocument(resource, fullUrl, "input");
  }

  /**
   * The same, from a place.
   *
   * @param from in the words of errors, such as {@code labs.ndjson line 7}
   */
  public InputDocument at(String from) {
    return new InputDocument(resource, fullUrl, from);
  }

  /** The resource. */
  public ResourceDocument resource() {
    return resource;
  }

  /** The entry's full URL as received, empty when there is none. */
  public Optional<String> fullUrl() {
    return Optional.ofNullable(fullUrl);
  }

  /** Where it came from, so that a person finds it: a file's name and the line or entry, if any. */
  public String place() {
    return place;
  }

  /** Place and type: where a path into it begins, such as {@code labs.ndjson line 7: Patient}. */
  public String origin() {
    return place + ": " + resource.type();
  }

  /** Type and size. */
  @Override
  public String toString() {
    return resource.toString();
  }
}
