package health.ferry.hami.hl7;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * HL7's escape sequences to plain text (HL7 v2.5.1, 2.7): delimiters, bytes in hex, and the layout
 * commands of formatted text, of which line breaks and spaces remain and indents and highlighting
 * do not.
 *
 * <p>HAPI's own leaves layout and hex in the text, where nobody can tell {@code \.br\} from an
 * escaped backslash before {@code .br}. What is no escape sequence stays as it stands.
 */
final class FormattedText implements Escaping {

  /** Longer ones are text between two stray escape characters. */
  private static final int LONGEST_COMMAND = 8;

  private static final char NONE = 0;

  private final Charset charset;

  /**
   * Reads a message's escapes.
   *
   * @param charset what bytes in hex are in
   */
  FormattedText(Charset charset) {
    this.charset = charset;
  }

  @Override
  public String unescape(String text, EncodingCharacters delimiters) {
    char escape = delimiters.getEscapeCharacter();
    if (text.indexOf(escape) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == escape ? text.indexOf(escape, at + 1) : -1;
      String resolved = end < 0 ? null : resolve(text.substring(at + 1, end), delimiters);
      if (resolved == null) {
        plain.append(text.charAt(at));
        at++;
      } else {
        plain.append(resolved);
        at = end + 1;
      }
    }
    return plain.toString();
  }

  private @Nullable String resolve(String sequence, EncodingCharacters delimiters) {
    if (sequence.length() == 1) {
      char delimiter = delimiter(sequence.charAt(0), delimiters);
      boolean highlighting = sequence.equals("H") || sequence.equals("N");
      return delimiter != NONE ? String.valueOf(delimiter) : highlighting ? "" : null;
    }
    if (sequence.startsWith("X")) {
      return bytes(sequence.substring(1));
    }
    return sequence.startsWith(".") && sequence.length() <= LONGEST_COMMAND
        ? layout(sequence)
        : null;
  }

  private static char delimiter(char name, EncodingCharacters delimiters) {
    return switch (name) {
      case 'F' -> delimiters.getFieldSeparator();
      case 'S' -> delimiters.getComponentSeparator();
      case 'T' -> delimiters.getSubcomponentSeparator();
      case 'R' -> delimiters.getRepetitionSeparator();
      case 'E' -> delimiters.getEscapeCharacter();
      default -> NONE;
    };
  }

  private static @Nullable String layout(String command) {
    String name = command.substring(0, Math.min(3, command.length()));
    return switch (name) {
      case ".br", ".ce" -> "\n";
      case ".sp" -> "\n".repeat(count(command));
      case ".sk" -> " ".repeat(count(command));
      case ".fi", ".nf", ".in", ".ti" -> "";
      default -> null;
    };
  }

  private static int count(String command) {
    String digits = command.replaceAll("\\D", "");
    return digits.isEmpty() ? 1 : Math.min(Integer.parseInt(digits), 100);
  }

  /** Not when they are no text: FHIR takes no other control characters than these three. */
  private @Nullable String bytes(String hex) {
    try {
      String text =
          charset.newDecoder().decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).toString();
      boolean plain =
          text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\n\r".indexOf(c) < 0);
      return plain ? text : null;
    } catch (IllegalArgumentException | CharacterCodingException noText) {
      return null;
    }
  }

  @Override
  public String escape(String text, EncodingCharacters delimiters) {
    return new DefaultEscaping().escape(text, delimiters);
  }
}
