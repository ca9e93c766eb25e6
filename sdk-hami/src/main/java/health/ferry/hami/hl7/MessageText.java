package health.ferry.hami.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message as text, out of its frame and its character set, with the delimiters that its header
 * declares (HL7 v2.5.1, 2.5.4).
 *
 * @param lines the segments, the header first; lines without text are left out
 * @param separator MSH-1, between fields
 * @param encoding the first four of MSH-2: between components, repetitions, escape, subcomponents
 * @param charset what the message is in
 */
record MessageText(List<String> lines, char separator, String encoding, Charset charset) {

  private static final char FRAME_START = 0x0b;
  private static final char FRAME_END = 0x1c;
  private static final int CHARSET_FIELD = 18;
  private static final int MESSAGE_TYPE_FIELD = 9;

  /** Reads bytes in the set that MSH-18 names, else in the one given, else in UTF-8. */
  static MessageText of(byte[] message, @Nullable Charset given) {
    // The header's own delimiters and names are ASCII in every set that is read.
    String header = line(new String(message, StandardCharsets.ISO_8859_1));
    String named = header.length() > 4 ? field(header, CHARSET_FIELD) : "";
    Optional<Charset> known = Hl7Charset.named(named);
    if (!named.isEmpty() && known.isEmpty() && given == null) {
      throw Hl7Messages.refused(
          "MSH-18", "names a character set that is not known; name it with charset(…)");
    }
    Charset charset =
        Hl7Charset.widened(known.orElse(given == null ? StandardCharsets.UTF_8 : given));
    try {
      return of(charset.newDecoder().decode(ByteBuffer.wrap(message)).toString(), charset);
    } catch (CharacterCodingException notText) {
      throw Hl7Messages.refused(
          "MSH-18",
          "the bytes are not text in "
              + charset.name()
              + "; name the character set there or with charset(…)");
    }
  }

  static MessageText of(String message, Charset charset) {
    String text = unframed(message);
    if (text.isBlank()) {
      throw Hl7Messages.refused("message", "is empty");
    }
    requireText(text);
    List<String> lines =
        text.lines().map(String::stripLeading).filter(line -> !line.isEmpty()).toList();
    String header = lines.get(0);
    requireHeader(header);
    char separator = header.charAt(3);
    String encoding = field(header, 2);
    requireDelimiters(separator, encoding);
    if (field(header, MESSAGE_TYPE_FIELD).isEmpty()) {
      throw Hl7Messages.refused(
          "MSH-9", "the message type is missing; the message is cut off in its header");
    }
    if (lines.size() == 1) {
      throw Hl7Messages.refused("message", "has no segment after its header; it is cut off");
    }
    return new MessageText(lines, separator, encoding.substring(0, 4), charset);
  }

  private static void requireText(String text) {
    if (text.chars().anyMatch(c -> c < ' ' && "\r\n\t".indexOf(c) < 0)) {
      throw Hl7Messages.refused(
          "message", "holds control characters; it is no HL7 v2 text, or in another character set");
    }
  }

  private static void requireHeader(String header) {
    if (header.startsWith("<")) {
      throw Hl7Messages.refused("message", "is XML; give it in HL7's encoding with delimiters");
    }
    if (header.startsWith("FHS") || header.startsWith("BHS")) {
      throw Hl7Messages.refused("message", "is a batch; give its messages one by one");
    }
    if (!header.startsWith("MSH") || header.length() < 5) {
      throw Hl7Messages.refused("message", "must begin with an MSH segment");
    }
  }

  private static void requireDelimiters(char separator, String encoding) {
    if (encoding.length() < 4) {
      throw Hl7Messages.refused("MSH-2", "must be four delimiters; the header is cut off");
    }
    String all = separator + encoding;
    boolean apart = all.chars().distinct().count() == all.length();
    boolean plain = all.chars().noneMatch(c -> Character.isLetterOrDigit(c) || c == ' ');
    if (encoding.length() > 5 || !apart || !plain) {
      throw Hl7Messages.refused("MSH-2", "the delimiters must differ and be no letters or digits");
    }
  }

  /** Without the block of the minimal lower layer protocol, or a byte order mark. */
  private static String unframed(String message) {
    String text = message.startsWith("\ufeff") ? message.substring(1) : message;
    if (text.isEmpty() || text.charAt(0) != FRAME_START) {
      return text;
    }
    int end = text.indexOf(FRAME_END);
    if (end < 0) {
      throw Hl7Messages.refused("message", "its block does not end; it is cut off");
    }
    return text.substring(1, end);
  }

  private static String line(String text) {
    return unframed(text).lines().findFirst().orElse("");
  }

  /** A field of the header, first component, without escapes; the separator itself is MSH-1. */
  private static String field(String header, int number) {
    String[] fields = header.split(Pattern.quote(header.substring(3, 4)), -1);
    if (fields.length < number) {
      return "";
    }
    String field = fields[number - 1].strip();
    return number == 2 ? field : field.split("[~^]", -1)[0].strip();
  }
}
