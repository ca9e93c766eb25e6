package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A group of patients that a server has, and that {@link ExportRequest#group} can name. Immutable.
 * Its name and JSON can tell of patients, so {@code toString} leaves them out.
 */
public final class ExportableGroup {

  private final String id;
  private final JsonNode json;

  ExportableGroup(String id, JsonNode json) {
    this.id = id;
    this.json = json;
  }

  /**
   * What {@link ExportRequest#group} wants.
   *
   * @return the group's id on the server
   */
  public String id() {
    return id;
  }

  /**
   * What people call the group.
   *
   * @return {@code Group.name}, empty when the server does not say
   */
  public Optional<String> name() {
    return Optional.ofNullable(json.path("name").textValue());
  }

  /**
   * How many members the group has: {@code Group.quantity}, or else those that it lists.
   *
   * @return the number, empty when the server shows neither
   */
  public OptionalLong members() {
    JsonNode quantity = json.path("quantity");
    if (quantity.canConvertToLong()) {
      return OptionalLong.of(quantity.asLong());
    }
    JsonNode listed = json.path("member");
    return listed.isArray() ? OptionalLong.of(listed.size()) : OptionalLong.empty();
  }

  /**
   * The Group as the server sent it, for whatever else it holds.
   *
   * @return JSON on one line; white space, and zeros at the end of a decimal, are not kept
   */
  public String raw() {
    return new String(JsonTree.write(json), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Group/" + id;
  }
}
