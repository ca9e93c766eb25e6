package health.ferry.fhir;

import org.hl7.fhir.r4.model.Resource;

/** Lines as HAPI models of one type. The type is checked before HAPI sees the line. */
final class TypedLineDecoder<T extends Resource> implements LineDecoder<T> {

  private static final char REPLACEMENT = '\uFFFD';

  private final ResourceParser<T> parser;

  TypedLineDecoder(FhirR4 fhir, Class<T> type) {
    this.parser = new ResourceParser<>(fhir, type);
  }

  @Override
  public T decode(NdjsonLine line) throws UnreadableResourceException {
    ResourcePeek head = line.head();
    String text = line.text();
    if (text.indexOf(REPLACEMENT) >= 0) {
      // Sent as such, or put here for bytes that are not UTF-8: reading the bytes tells.
      line.whole();
    }
    return parser.parse(text, head);
  }
}
