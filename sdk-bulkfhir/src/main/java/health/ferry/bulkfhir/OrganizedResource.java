package health.ferry.bulkfhir;

import health.ferry.fhir.RawResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource of an organized output, with the block that it stands in. Immutable. */
public final class OrganizedResource {

  private final @Nullable String block;
  private final RawResource resource;

  OrganizedResource(@Nullable String block, RawResource resource) {
    this.block = block;
    this.resource = resource;
  }

  /**
   * The resource that the block is about, as its header names it.
   *
   * @return a reference such as {@code Patient/123}; empty before the first header of a file that
   *     continues no other
   */
  public Optional<String> block() {
    return Optional.ofNullable(block);
  }

  /**
   * The resource itself.
   *
   * @return its JSON, type and id
   */
  public RawResource resource() {
    return resource;
  }

  @Override
  public String toString() {
    return "OrganizedResource " + resource;
  }
}
