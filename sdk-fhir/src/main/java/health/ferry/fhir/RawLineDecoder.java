package health.ferry.fhir;

/** Lines as raw resources: checked to be one JSON object, with no model. */
final class RawLineDecoder implements LineDecoder<RawResource> {

  private final boolean typeRequired;

  /**
   * @param typeRequired whether a resource must state its type, since one type was asked for
   */
  RawLineDecoder(boolean typeRequired) {
    this.typeRequired = typeRequired;
  }

  @Override
  public RawResource decode(NdjsonLine line) throws UnreadableResourceException {
    ResourcePeek peek = line.whole();
    if (typeRequired && peek.resourceType().isEmpty()) {
      throw UnreadableResourceException.of("has no resourceType");
    }
    return new RawResource(line.fileName(), line.lineNumber(), peek, line.copy());
  }
}
