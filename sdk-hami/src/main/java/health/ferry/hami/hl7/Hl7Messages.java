package health.ferry.hami.hl7;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads HL7 v2 messages of any version and type into FHIR R4.
 *
 * <pre>{@code
 * Hl7Options north = Hl7Options.defaults()
 *     .identifierSystem("NORTH", "http://hospital.org/mrn")
 *     .zone(ZoneId.of("America/New_York"));
 * Hl7Mapping mapping = Hl7Messages.read(message, north);
 * mapping.unmapped().forEach(part -> log.info("{}", part));
 * hami.submitAll(mapping.resources());
 * }</pre>
 *
 * <p>The mapping is HAMI's (Universal Ingestion API, "From HL7 v2 to FHIR"): PID to Patient, OBX to
 * Observation; and what a result message needs besides: OBR to DiagnosticReport, PV1 to Encounter,
 * NTE after an OBX to its note. Vital signs get their category, and the two halves of a blood
 * pressure become one Observation. Where that table is silent, HL7's own tables decide. All else is
 * in {@link Hl7Mapping#unmapped()}. A message may hold several patients, each with what follows the
 * PID.
 *
 * <p><b>Ids.</b> The same message gives the same resources with the same ids, on any machine and
 * day. A Patient's id comes of its first identifier, medical record numbers first; a
 * DiagnosticReport's of the patient, the filler's order number (else the placer's) and what was
 * ordered; an Observation's of the patient, its report, OBX-1, OBX-3 and OBX-4; an Encounter's of
 * the patient and its number or beginning. So a correction, sent with the order's number, has the
 * ids of what it corrects. A number whose authority is not known is its sender's (MSH-3, MSH-4). A
 * message without order numbers names its resources by its control id (MSH-10), so two of them
 * never share any.
 *
 * <p>Wants {@code ca.uhn.hapi:hapi-base} (HAPI HL7 v2) on the class path; its structures are not
 * needed, and that it warns once of having found none is no harm. No value reaches a log or an
 * error. Thread-safe.
 */
public final class Hl7Messages {

  private static final CallInfo READ = CallInfo.of("HL7 v2", "read");
  private static final String LIBRARY = "ca.uhn.hapi:hapi-base";
  private static final String USUAL_DELIMITERS = "^~\\&";

  private static final Pattern SEGMENT_NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");

  private Hl7Messages() {}

  /**
   * Reads a message with nothing assumed.
   *
   * @param message one message that begins with MSH, its segments ended by CR, LF or both, with or
   *     without the block of the minimal lower layer protocol
   * @return its resources
   * @throws InvalidInputException when it is no HL7 v2 message, or cut off
   * @throws ConfigurationException when HAPI HL7 v2 is not on the class path
   */
  public static Hl7Mapping read(String message) {
    return read(message, Hl7Options.defaults());
  }

  /**
   * Reads a message.
   *
   * @param message as above
   * @param options what the message cannot know
   * @return its resources
   * @throws InvalidInputException when it is no HL7 v2 message, or cut off
   * @throws ConfigurationException when HAPI HL7 v2 is not on the class path
   */
  public static Hl7Mapping read(String message, Hl7Options options) {
    Objects.requireNonNull(options, "options");
    Charset hex = Objects.requireNonNullElse(options.charset(), StandardCharsets.UTF_8);
    return map(MessageText.of(message, hex), options);
  }

  /**
   * Reads a message's bytes with nothing assumed, in the character set that MSH-18 names, else in
   * UTF-8.
   *
   * @param message as above
   * @return its resources
   * @throws InvalidInputException when it is no HL7 v2 message, cut off, or no text in that set
   * @throws ConfigurationException when HAPI HL7 v2 is not on the class path
   */
  public static Hl7Mapping read(byte[] message) {
    return read(message, Hl7Options.defaults());
  }

  /**
   * Reads a message's bytes, in the character set that MSH-18 names, else in that of the options.
   *
   * @param message as above
   * @param options what the message cannot know
   * @return its resources
   * @throws InvalidInputException when it is no HL7 v2 message, cut off, or no text in that set
   * @throws ConfigurationException when HAPI HL7 v2 is not on the class path
   */
  public static Hl7Mapping read(byte[] message, Hl7Options options) {
    Objects.requireNonNull(options, "options");
    return map(MessageText.of(message, options.charset()), options);
  }

  /**
   * Reads a single PID or OBX with HL7's usual delimiters, by HAMI's table alone: without what the
   * rest of a message gives a resource, which are its id, category, subject, report and encounter.
   *
   * @param segment such as {@code OBX|1|NM|8867-4^Heart rate^LN||129|/min|||||F}
   * @return one Patient or Observation
   * @throws InvalidInputException when it is neither
   * @throws ConfigurationException when HAPI HL7 v2 is not on the class path
   */
  public static Hl7Mapping readSegment(String segment) {
    Objects.requireNonNull(segment, "segment");
    String line = segment.strip();
    boolean known = line.startsWith("PID|") || line.startsWith("OBX|");
    if (!known || line.lines().count() > 1) {
      throw refused("segment", "must be one PID or OBX segment");
    }
    UnmappedParts unmapped = new UnmappedParts();
    Segment parsed = parser('|', USUAL_DELIMITERS, StandardCharsets.UTF_8).parse(line);
    Times times = Times.of("", null, unmapped);
    Hl7Options options = Hl7Options.defaults();
    Resource resource =
        parsed.name().equals("PID")
            ? new PatientMapping(new Identifiers(options, unmapped, times), times, unmapped)
                .map(parsed)
            : new ObservationMapping(new Codings(options, unmapped), times, unmapped).map(parsed);
    return new Hl7Mapping(List.of(resource), unmapped.list());
  }

  private static Hl7Mapping map(MessageText message, Hl7Options options) {
    SegmentParser parser = parser(message.separator(), message.encoding(), message.charset());
    UnmappedParts unmapped = new UnmappedParts();
    Segment header = parser.parse(message.lines().get(0));
    MessageMapping mapping = new MessageMapping(header, message, options, unmapped);
    for (int line = 1; line < message.lines().size(); line++) {
      String text = message.lines().get(line);
      if (!isSegment(text, message.separator())) {
        unmapped.add("line " + (line + 1), "no segment begins here");
        continue;
      }
      Segment segment = parser.parse(text);
      if (segment.name().equals("MSH")) {
        throw refused(segment.path(), "begins another message; give messages one by one");
      }
      mapping.add(segment);
    }
    return new Hl7Mapping(mapping.resources(), unmapped.list());
  }

  private static boolean isSegment(String line, char separator) {
    return line.length() >= 3
        && SEGMENT_NAME.matcher(line.substring(0, 3)).matches()
        && (line.length() == 3 || line.charAt(3) == separator);
  }

  private static SegmentParser parser(char separator, String encoding, Charset charset) {
    try {
      return new SegmentParser(separator, encoding, charset);
    } catch (NoClassDefFoundError missing) {
      throw new ConfigurationException(
          READ,
          List.of(new Violation(LIBRARY, "is not on the class path; add it as a dependency")));
    }
  }

  static InvalidInputException refused(String path, String rule) {
    return new InvalidInputException(READ, List.of(new Violation(path, rule)));
  }
}
