package health.ferry.hami.internal.document;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of a bundle's entries, such as {@code Bundle.entry[3]}. */
public final class EntryPath {

  private static final Pattern ENTRY = Pattern.compile("Bundle\\.entry\\[([0-9]{1,9})]");

  private EntryPath() {}

  /** The path of an entry by its index. */
  public static String of(long index) {
    return "Bundle.entry[" + index + "]";
  }

  /** Which entry a path leads into, if it leads into one. */
  public static OptionalInt indexOf(String path) {
    Matcher entry = ENTRY.matcher(path);
    return entry.lookingAt()
        ? OptionalInt.of(Integer.parseInt(entry.group(1)))
        : OptionalInt.empty();
  }
}
