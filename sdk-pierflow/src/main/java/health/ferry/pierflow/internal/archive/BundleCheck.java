package health.ferry.pierflow.internal.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a patient's file holds a Bundle; asked without building a model. */
final class BundleCheck {

  private final boolean whole;

  /**
   * @param whole whether to read to the end of the JSON, or to the {@code resourceType} alone
   */
  BundleCheck(boolean whole) {
    this.whole = whole;
  }

  /** What is wrong, as the end of a sentence whose subject is the file. */
  Optional<String> problem(InputStream content) {
    try (JsonParser in = PackageJson.parser(content)) {
      return Optional.ofNullable(problem(in));
    } catch (IOException broken) {
      return Optional.of(PackageJson.problem(broken));
    }
  }

  private @Nullable String problem(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return "is not a Bundle";
    }
    boolean bundle = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      if (name.equals("resourceType")) {
        if (bundle) {
          return "has more than one resourceType";
        }
        if (!"Bundle".equals(in.getValueAsString())) {
          return "is not a Bundle";
        }
        if (!whole) {
          return null;
        }
        bundle = true;
      }
      in.skipChildren();
    }
    if (!bundle) {
      return "is not a Bundle";
    }
    return in.nextToken() == null ? null : "goes on after its Bundle";
  }
}
