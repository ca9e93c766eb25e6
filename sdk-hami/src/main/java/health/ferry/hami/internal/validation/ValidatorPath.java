package health.ferry.hami.internal.validation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places that HAPI's validator names, as Ferry writes them. */
final class ValidatorPath {

  /** HAPI adds the resource's type and id, and the id is a value. */
  private static final Pattern RESOURCE = Pattern.compile("/\\*.*?\\*/");

  private static final Pattern TYPE_CHOSEN = Pattern.compile("\\.ofType\\([A-Za-z]+\\)");

  private static final Pattern ELEMENTS =
      Pattern.compile("[A-Z][A-Za-z]*(\\.[a-z][A-Za-z]*(:[A-Za-z]+)?(\\[[0-9]+])?)*");

  private ValidatorPath() {}

  /** As far as the place is made of element names; the document's type when it is not at all. */
  static String of(String location, String documentType) {
    String plain = RESOURCE.matcher(location).replaceAll("");
    Matcher elements = ELEMENTS.matcher(TYPE_CHOSEN.matcher(plain).replaceAll(""));
    return elements.lookingAt() ? elements.group() : documentType;
  }
}
