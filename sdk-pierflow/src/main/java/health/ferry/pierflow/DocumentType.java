package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of document was scanned (fact sheet, 3.7). Open: Pierflow may add kinds. */
public final class DocumentType extends OpenEnum {

  /** Pierflow finds out; the default. */
  public static final DocumentType AUTO = new DocumentType("AUTO", true);

  /** A visit of an outpatient. */
  public static final DocumentType OUTPATIENT_CARD = new DocumentType("OUTPATIENT_CARD", true);

  /** The sheet with name, birth, blood group and allergies. */
  public static final DocumentType REGISTRATION = new DocumentType("REGISTRATION", true);

  /** Results of a laboratory. */
  public static final DocumentType LAB_RESULT = new DocumentType("LAB_RESULT", true);

  /** Prescribed medicines. */
  public static final DocumentType PRESCRIPTION = new DocumentType("PRESCRIPTION", true);

  /** The visits of a pregnancy. */
  public static final DocumentType ANTENATAL = new DocumentType("ANTENATAL", true);

  /** Vaccinations. */
  public static final DocumentType IMMUNISATION = new DocumentType("IMMUNISATION", true);

  /** The summary of a stay in hospital. */
  public static final DocumentType DISCHARGE_SUMMARY = new DocumentType("DISCHARGE_SUMMARY", true);

  /** The report on an X-ray. */
  public static final DocumentType XRAY_REPORT = new DocumentType("XRAY_REPORT", true);

  /** The report on an ultrasound scan. */
  public static final DocumentType ULTRASOUND_REPORT = new DocumentType("ULTRASOUND_REPORT", true);

  /** The notes of an operation. */
  public static final DocumentType OPERATION_NOTE = new DocumentType("OPERATION_NOTE", true);

  /** A letter to another doctor. */
  public static final DocumentType REFERRAL_LETTER = new DocumentType("REFERRAL_LETTER", true);

  /** Pierflow could not tell. */
  public static final DocumentType UNKNOWN = new DocumentType("UNKNOWN", true);

  /** Anything else. */
  public static final DocumentType OTHER = new DocumentType("OTHER", true);

  private static final Map<String, DocumentType> KNOWN =
      Stream.of(
              AUTO,
              OUTPATIENT_CARD,
              REGISTRATION,
              LAB_RESULT,
              PRESCRIPTION,
              ANTENATAL,
              IMMUNISATION,
              DISCHARGE_SUMMARY,
              XRAY_REPORT,
              ULTRASOUND_REPORT,
              OPERATION_NOTE,
              REFERRAL_LETTER,
              UNKNOWN,
              OTHER)
          .collect(Collectors.toUnmodifiableMap(DocumentType::value, Function.identity()));

  private DocumentType(String value, boolean known) {
    super(value, known);
  }

  /**
   * The kind that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static DocumentType of(String value) {
    DocumentType known = KNOWN.get(value);
    return known != null ? known : new DocumentType(value, false);
  }
}
