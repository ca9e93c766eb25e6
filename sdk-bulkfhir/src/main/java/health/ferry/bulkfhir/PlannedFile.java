package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name that a file of a manifest has on disk: Ferry's own, whatever the server's URLs look
 * like.
 *
 * @param name below the export's directory, such as {@code Patient-1.ndjson} or {@code
 *     deleted/Bundle-1.ndjson}
 * @param key what the URL that the file had last tells of which file it is
 */
record PlannedFile(String name, Section section, @Nullable String type, FileKey key) {

  private static final Pattern OWN_NAME =
      Pattern.compile("((deleted|error)/)?[A-Z][A-Za-z]{0,63}-[1-9][0-9]{0,9}\\.ndjson");

  /** Refuses a name that Ferry never gave: it may lead out of the directory. */
  PlannedFile {
    if (!OWN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name that an export gives to a file");
    }
  }

  /** The next name after those that are taken. */
  static PlannedFile of(ManifestFile file, FileNumbers numbers, FileKey key) {
    Section section = file.section();
    String folder = section == Section.OUTPUT ? "" : section.name().toLowerCase(Locale.ROOT) + "/";
    String stem = folder + file.type().orElse("Resource") + "-";
    return new PlannedFile(
        stem + numbers.next(stem) + ".ndjson", section, file.type().orElse(null), key);
  }

  /** The name without its number. */
  String stem() {
    return name.substring(0, name.lastIndexOf('-') + 1);
  }

  /**
   * What the lines of the file must be. The other lists hold what their standard types say, and
   * servers name other types there; output without a type is organized in blocks (M3).
   */
  NdjsonPromise promise(OptionalLong count, int maxLineBytes) {
    boolean isOutput = section == Section.OUTPUT;
    return new NdjsonPromise(
        name,
        Optional.ofNullable(isOutput ? type : null),
        count,
        isOutput && type == null,
        maxLineBytes,
        section == Section.DELETED);
  }

  /** The same name for a file whose URL has been renewed. */
  PlannedFile at(FileKey renewed) {
    return new PlannedFile(name, section, type, renewed);
  }
}
