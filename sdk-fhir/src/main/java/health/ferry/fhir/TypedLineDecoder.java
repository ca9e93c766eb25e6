package health.ferry.fhir;

import org.hl7.fhir.r4.model.Resource;

/** Lines as HAPI models of one type. The type is checked before HAPI sees the line. */
final class TypedLineDecoder<T extends Resource> implements LineDecoder<T> {

  private final ResourceParser<T> parser;

  TypedLineDecoder(FhirR4 fhir, Class<T> type) {
    this.parser = new ResourceParser<>(fhir.context(), type);
  }

  @Override
  public T decode(NdjsonLine line) throws UnreadableResourceException {
    ResourcePeek head = line.head();
    return parser.parse(line.text(), head);
  }
}
