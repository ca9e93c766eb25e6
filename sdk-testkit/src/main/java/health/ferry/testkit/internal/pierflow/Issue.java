package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with one field of a body.
 *
 * @param code such as {@code invalid_type}
 * @param path names and numbers of the way to it
 * @param message never a value
 */
record Issue(String code, List<String> path, String message) {

  Issue {
    path = List.copyOf(path);
  }

  /** As the server's code tells it. */
  ObjectNode deployed() {
    ObjectNode issue = JsonNodeFactory.instance.objectNode().put("code", code);
    path.forEach(
        step -> {
          if (step.chars().allMatch(Character::isDigit)) {
            issue.withArray("/path").add(Integer.parseInt(step));
          } else {
            issue.withArray("/path").add(step);
          }
        });
    return issue.put("message", message);
  }

  /** As the pages show it. */
  ObjectNode documented() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("field", path.stream().collect(Collectors.joining(".")))
        .put("message", message);
  }
}
