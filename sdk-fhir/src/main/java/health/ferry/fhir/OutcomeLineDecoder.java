package health.ferry.fhir;

/** Lines as OperationOutcomes, without a model. */
final class OutcomeLineDecoder implements LineDecoder<Outcome> {

  @Override
  public Outcome decode(NdjsonLine line) throws UnreadableResourceException {
    line.whole();
    return OperationOutcomes.read(line.copy())
        .orElseThrow(() -> UnreadableResourceException.of("holds no OperationOutcome"));
  }
}
