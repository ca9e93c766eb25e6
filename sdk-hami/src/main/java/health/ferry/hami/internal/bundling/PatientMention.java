package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.ReferenceSpot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a resource says about whose it is. */
final class PatientMention {

  private PatientMention() {}

  /**
   * The keys of what could be the resource's patient, the likeliest first: {@code subject} or
   * {@code patient}, then every other reference in the order of the text. Contained resources speak
   * for themselves.
   */
  static List<String> candidates(InputDocument document) {
    return document.resource().references().stream()
        .filter(reference -> !reference.value().startsWith("#"))
        .filter(reference -> !reference.literal().path().contains(".contained["))
        .sorted(Comparator.comparing(reference -> !isOwner(document, reference)))
        .map(reference -> ReferenceKey.of(reference.value()))
        .toList();
  }

  /**
   * The key of the patient, as far as the resource alone can tell: one that says itself that it
   * means a Patient, or a {@code urn:} where the patient belongs.
   */
  static Optional<String> named(InputDocument document) {
    Optional<String> owner =
        document.resource().references().stream()
            .filter(reference -> isOwner(document, reference))
            .map(reference -> ReferenceKey.of(reference.value()))
            .filter(key -> key.startsWith("urn:") || meansPatient(key))
            .findFirst();
    return owner.or(
        () -> candidates(document).stream().filter(PatientMention::meansPatient).findFirst());
  }

  /** Whether a key says itself that it means a Patient. */
  static boolean meansPatient(String key) {
    return ReferenceKey.typeOf(key).filter("Patient"::equals).isPresent();
  }

  private static boolean isOwner(InputDocument document, ReferenceSpot reference) {
    String type = document.resource().type();
    String path = reference.literal().path();
    return path.equals(type + ".subject.reference") || path.equals(type + ".patient.reference");
  }
}
