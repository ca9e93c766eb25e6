package health.ferry.pierflow;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a verified package says of itself and does not hold. It is imported all the same: refused,
 * it would run out with everybody in it. But Pierflow counts a patient whom an acknowledgement does
 * not name as imported (fact sheet, 3.3), so whoever reads the report has to know.
 */
final class ManifestDoubts {

  private ManifestDoubts() {}

  /** Sentences with numbers and the package's id, for the report. */
  static List<String> of(ImportPackage pkg, PackageArchive archive, String organizationId) {
    List<String> doubts = new ArrayList<>();
    PackageManifest manifest = archive.manifest();
    int patients = manifest.patients().size();
    if (!archive.unlisted().isEmpty()) {
      doubts.add(
          "Package %s holds %s that its manifest lacks; not handed out"
              .formatted(pkg.id(), files(archive.unlisted().size())));
    }
    if (differs(manifest.patientCount(), patients) || differs(pkg.patientCount(), patients)) {
      doubts.add(
          "Package %s has another number of patients than the %d that its manifest names: ask"
                  .formatted(pkg.id(), patients)
              + " Pierflow for the others");
    }
    if (manifest.organizationId().filter(id -> !id.equals(organizationId)).isPresent()) {
      doubts.add("Package %s says that it is another organization's".formatted(pkg.id()));
    }
    return doubts;
  }

  private static String files(int number) {
    return number == 1 ? "1 file" : number + " files";
  }

  private static boolean differs(OptionalInt stated, int patients) {
    return stated.isPresent() && stated.getAsInt() != patients;
  }
}
