package health.ferry.hami.internal.input;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.hami.internal.document.InputDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Readings of an input, in a form to compare. */
final class Reading {

  private Reading() {}

  /** Each resource as {@code fullUrl|json}. */
  static List<String> of(Input input) {
    List<String> read = new ArrayList<>();
    input.read(document -> read.add(text(document)));
    return read;
  }

  /** What is wrong, as {@code place: rule}. */
  static List<String> wrong(Input input) {
    return catchThrowableOfType(InvalidInputException.class, () -> input.read(document -> {}))
        .violations()
        .stream()
        .map(Violation::toString)
        .toList();
  }

  private static String text(InputDocument document) {
    String json = new String(document.resource().json(), StandardCharsets.UTF_8);
    return document.fullUrl().orElse("") + "|" + json;
  }
}
