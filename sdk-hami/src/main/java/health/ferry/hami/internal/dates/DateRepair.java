package health.ferry.hami.internal.dates;

import health.ferry.core.internal.json.Splice;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.Repair;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.document.TextSpot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites every {@code dateTime} and {@code instant} with an offset or a fraction as whole seconds
 * in UTC, which is what HAMI asks for (seed, "DateTime Format"). Fractions are dropped, not
 * rounded. Days, months and years stay, and so does what names no single second of the calendar.
 */
public final class DateRepair {

  private static final int LENGTH_OF_UTC = "2024-05-23T10:12:00Z".length();

  private DateRepair() {}

  /**
   * The same document with its dates repaired.
   *
   * @param repairs what was done is added to it
   * @return the document itself when there was nothing to repair
   */
  public static ResourceDocument normalise(ResourceDocument document, List<Repair> repairs) {
    List<Splice> splices = splices(document, repairs);
    if (splices.isEmpty()) {
      return document;
    }
    try {
      return ResourceDocument.of(Splice.apply(document.json(), splices), FhirR4.shared());
    } catch (MalformedDocumentException impossible) {
      throw new IllegalStateException("one string was put in another's place", impossible);
    }
  }

  /**
   * What is to be spliced into a document so that its dates are repaired, for who splices more.
   *
   * @param repairs what they do is added to it
   */
  public static List<Splice> splices(ResourceDocument document, List<Repair> repairs) {
    List<Splice> splices = new ArrayList<>();
    for (TextSpot spot : document.dates()) {
      if (mayNeedRepair(spot)) {
        DateText date = DateText.of(spot.value());
        if (date.kind() == DateText.Kind.CONVERTIBLE) {
          splices.add(new Splice(spot.start(), spot.end(), quoted(date.utc())));
          repairs.add(Repair.of(spot.path(), what(date)));
        }
      }
    }
    return splices;
  }

  /** Most dates are as they should be, and are not read. */
  private static boolean mayNeedRepair(TextSpot spot) {
    return spot.value().length() > LENGTH_OF_UTC && !spot.type().equals("date");
  }

  private static String what(DateText date) {
    if (!date.moved()) {
      return "dropped the fraction of a second";
    }
    return date.fraction()
        ? "converted to UTC and dropped the fraction of a second"
        : "converted to UTC";
  }

  private static byte[] quoted(String text) {
    return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
  }
}
