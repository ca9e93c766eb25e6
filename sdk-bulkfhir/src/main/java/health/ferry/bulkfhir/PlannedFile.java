package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name that a file of a manifest has on disk: Ferry's own, whatever the server's URLs look
 * like.
 *
 * @param name below the export's directory, such as {@code Patient-1.ndjson} or {@code
 *     deleted/Bundle-1.ndjson}
 * @param urlKey what of the URL stays when the server renews it, hashed
 */
record PlannedFile(String name, Section section, @Nullable String type, String urlKey) {

  static PlannedFile of(Section section, @Nullable String type, int number, String urlKey) {
    String folder = section == Section.OUTPUT ? "" : section.name().toLowerCase(Locale.ROOT) + "/";
    String name = folder + (type == null ? "Resource" : type) + "-" + number + ".ndjson";
    return new PlannedFile(name, section, type, urlKey);
  }

  boolean isFor(ManifestFile file) {
    return section == file.section() && Objects.equals(type, file.type().orElse(null));
  }
}
