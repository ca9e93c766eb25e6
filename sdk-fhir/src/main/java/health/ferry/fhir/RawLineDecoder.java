package health.ferry.fhir;

/** Lines as raw resources: checked to be one JSON object, with no model. */
final class RawLineDecoder implements LineDecoder<RawResource> {

  @Override
  public RawResource decode(NdjsonLine line) throws UnreadableResourceException {
    ResourcePeek peek = line.whole();
    return new RawResource(line.fileName(), line.lineNumber(), peek, line.copy());
  }
}
