package health.ferry.pierflow.internal;

import java.util.regex.Pattern;

/**
 * Which of a partner's ids may become a file's name: ids are opaque, and one that is a path would
 * lead out of the folder.
 *
 * <p>Names that differ in case alone are one file on some systems; whoever makes several files
 * looks at that.
 */
public final class SafeName {

  /** What a name must be, for messages that must not show it. */
  public static final String RULE = "must be 1 to 128 letters, digits, dots, dashes or underscores";

  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}");

  private SafeName() {}

  /** Whether the id can be a file's name as it is. */
  public static boolean isSafe(String id) {
    return NAME.matcher(id).matches();
  }

  /** The id as a message may show it: one that could be anything else is not shown. */
  public static String shown(String id) {
    return isSafe(id) ? id : "(unprintable id)";
  }
}
