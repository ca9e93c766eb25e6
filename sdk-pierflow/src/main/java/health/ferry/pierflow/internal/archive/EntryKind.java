package health.ferry.pierflow.internal.archive;

import health.ferry.pierflow.internal.SafeName;
import java.util.Optional;

/** What a package's layout knows; fact sheet, 4. Everything else is refused. */
enum EntryKind {
  MANIFEST,
  CHECKSUMS,
  FOLDER,
  PATIENT;

  static final String MANIFEST_NAME = "manifest.json";
  static final String CHECKSUMS_NAME = "checksum.sha256";
  private static final String FOLDER_NAME = "patients/";
  private static final String SUFFIX = ".json";

  /** No name of the layout is longer. */
  static final int LONGEST_NAME = FOLDER_NAME.length() + 128 + SUFFIX.length();

  static Optional<EntryKind> of(String name) {
    return switch (name) {
      case MANIFEST_NAME -> Optional.of(MANIFEST);
      case CHECKSUMS_NAME -> Optional.of(CHECKSUMS);
      case FOLDER_NAME -> Optional.of(FOLDER);
      default -> isPatient(name) ? Optional.of(PATIENT) : Optional.empty();
    };
  }

  private static boolean isPatient(String name) {
    return name.startsWith(FOLDER_NAME)
        && name.endsWith(SUFFIX)
        && name.length() > FOLDER_NAME.length() + SUFFIX.length()
        && SafeName.isSafe(name.substring(FOLDER_NAME.length(), name.length() - SUFFIX.length()));
  }
}
