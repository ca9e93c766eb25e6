package health.ferry.hami.internal.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Why a text is no JSON. Jackson's own message may quote the text. */
public final class JsonProblem {

  private JsonProblem() {}

  /** The problem and its place, as the end of a sentence whose subject is the text. */
  public static String of(JsonProcessingException broken) {
    if (broken instanceof StreamConstraintsException) {
      return "has too deep a nesting, or too long a name, text or number";
    }
    String place =
        broken.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
    return broken instanceof JsonEOFException
        ? "is cut off: its JSON ends" + place
        : "is not valid JSON" + place;
  }
}
