package health.ferry.bulkfhir;

import java.util.Objects;

/**
 * A resource that was deleted on the server since the {@code since} of an export.
 *
 * @param type the resource type, such as {@code Patient}
 * @param id the resource's logical id
 */
public record DeletedResource(String type, String id) {

  /**
   * Refuses missing parts.
   *
   * @param type as above
   * @param id as above
   */
  public DeletedResource {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
  }

  /** Without the id: it may be one that people know a patient by. */
  @Override
  public String toString() {
    return "DeletedResource " + type;
  }
}
