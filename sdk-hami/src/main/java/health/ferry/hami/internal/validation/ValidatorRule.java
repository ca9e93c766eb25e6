package health.ferry.hami.internal.validation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What HAPI's validator says, in Ferry's words: its own texts quote what they complain of. The
 * names of its messages do not, and stand behind the words for who wants to look them up.
 */
enum ValidatorRule {
  REQUIRED("validation_val_profile_minimum", "lacks a part that R4 or its profile requires"),
  TOO_MANY("validation_val_profile_maximum", "has a part more often than R4 or its profile allows"),
  CODE("terminology_", "must be a code that R4 or UCUM has there"),
  FIXED("_dt_fixed_", "must be what its profile fixes"),
  VALUE("type_specific_checks_", "must be a well-formed value of its type"),
  REFERENCE("reference_", "must be a reference that R4 allows there"),
  EXTENSION("extension_", "must be an extension that R4 allows there"),
  OTHER("", "must be as R4 or its profile defines it");

  private static final Pattern CONSTRAINT = Pattern.compile("[^#]*#([A-Za-z0-9-]{1,40})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,100}");

  private final String prefix;
  private final String words;

  ValidatorRule(String prefix, String words) {
    this.prefix = prefix;
    this.words = words;
  }

  /** The rule of a message by its name; what concerns the JSON's form has none. */
  static String of(@Nullable String name) {
    if (name == null) {
      return "holds what R4 does not define there";
    }
    Matcher constraint = CONSTRAINT.matcher(name);
    if (constraint.matches()) {
      return "must keep R4's constraint " + constraint.group(1);
    }
    ValidatorRule rule = OTHER;
    for (ValidatorRule each : values()) {
      if (name.toLowerCase(Locale.ROOT).startsWith(each.prefix)) {
        rule = each;
        break;
      }
    }
    return NAME.matcher(name).matches() ? rule.words + " (" + name + ")" : rule.words;
  }
}
