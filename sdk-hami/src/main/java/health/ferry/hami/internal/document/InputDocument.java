package health.ferry.hami.internal.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource as it came in: alone, or as an entry of a bundle that gives it a full URL. */
public final class InputDocument {

  private final ResourceDocument resource;
  private final @Nullable String fullUrl;

  private InputDocument(ResourceDocument resource, @Nullable String fullUrl) {
    this.resource = resource;
    this.fullUrl = fullUrl;
  }

  /** A resource that stands alone. */
  public static InputDocument of(ResourceDocument resource) {
    return new InputDocument(resource, null);
  }

  /** A resource of a bundle. */
  public static InputDocument of(ResourceDocument resource, String fullUrl) {
    return new InputDocument(resource, fullUrl);
  }

  /** The resource. */
  public ResourceDocument resource() {
    return resource;
  }

  /** The entry's full URL as received, empty when there is none. */
  public Optional<String> fullUrl() {
    return Optional.ofNullable(fullUrl);
  }

  /** Type and size. */
  @Override
  public String toString() {
    return resource.toString();
  }
}
