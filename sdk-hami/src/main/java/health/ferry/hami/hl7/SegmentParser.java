package health.ferry.hami.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lines to segments by HAPI's HL7 v2 parser, on its generic model: which version or message type it
 * is does not matter, and no jar with a version's structures is needed. Line by line, so that a
 * segment can stand alone, and a line that is no segment is seen.
 *
 * <p>The one place, with {@link FormattedText}, that names HAPI's HL7 v2.
 */
final class SegmentParser {

  private final PipeParser parser;
  private final GenericMessage message;
  private final EncodingCharacters delimiters;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Reads one message's segments.
   *
   * @param separator between fields
   * @param encoding the other four delimiters, as MSH-2 has them
   * @param charset what bytes in hex are in
   */
  SegmentParser(char separator, String encoding, Charset charset) {
    ParserConfiguration configuration = new ParserConfiguration();
    configuration.setEscaping(new FormattedText(charset));
    this.parser =
        new PipeParser(
            new DefaultHapiContext(
                configuration,
                ValidationContextFactory.noValidation(),
                new GenericModelClassFactory()));
    this.message = new GenericMessage.V25(new GenericModelClassFactory());
    this.message.setParser(parser);
    this.delimiters = new EncodingCharacters(separator, encoding);
  }

  Segment parse(String line) {
    String name = line.substring(0, 3);
    int number = numbers.merge(name, 1, Integer::sum);
    GenericSegment segment = new GenericSegment(message, name);
    try {
      parser.parse(segment, line, delimiters);
      List<List<List<List<String>>>> fields = new ArrayList<>();
      for (int field = 1; field <= segment.numFields(); field++) {
        List<List<List<String>>> repetitions = new ArrayList<>();
        for (Type repetition : segment.getField(field)) {
          repetitions.add(components(repetition));
        }
        fields.add(repetitions);
      }
      return new Segment(name, number, fields);
    } catch (HL7Exception unreadable) {
      // HAPI quotes the field in its message, so only the place is kept.
      throw Hl7Messages.refused(name + '[' + number + ']', "cannot be read");
    }
  }

  private static List<List<String>> components(Type repetition) throws HL7Exception {
    List<List<String>> components = new ArrayList<>();
    for (int component = 1; component <= Terser.numComponents(repetition); component++) {
      List<String> subcomponents = new ArrayList<>();
      for (int sub = 1; sub <= Terser.numSubComponents(repetition, component); sub++) {
        String value = Terser.getPrimitive(repetition, component, sub).getValue();
        subcomponents.add(Objects.requireNonNullElse(value, ""));
      }
      components.add(subcomponents);
    }
    return components;
  }
}
