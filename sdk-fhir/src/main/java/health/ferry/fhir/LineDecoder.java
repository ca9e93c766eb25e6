package health.ferry.fhir;

/** Makes of a line what the caller asked for. */
interface LineDecoder<T> {
  T decode(NdjsonLine line) throws UnreadableResourceException;
}
