package health.ferry.examples.faults;

import health.ferry.examples.faults.Reply.Framing;

/**
 * The server's ways, which are no faults and last. Immutable.
 *
 * @param filesNeedToken {@code requiresAccessToken}; without it a request with a token is refused
 * @param filesElsewhere whether files lie on another origin
 * @param ranges whether files have an ETag and can be had from their middle
 */
record World(
    Corpus corpus,
    boolean filesNeedToken,
    boolean filesElsewhere,
    boolean gzip,
    boolean ranges,
    Framing framing) {

  static World plain() {
    return new World(Corpus.plain(), true, false, false, true, Framing.LENGTH);
  }

  World of(Corpus other) {
    return new World(other, filesNeedToken, filesElsewhere, gzip, ranges, framing);
  }

  World patients(byte[] bytes, long count) {
    return of(corpus.patients(bytes, count));
  }

  World patients(String text, long count) {
    return patients(Corpus.bytes(text), count);
  }

  /** The patients' file is known under another name. */
  World named(String name) {
    return of(corpus.victim(name));
  }

  World listing(String... types) {
    return of(corpus.listing(types));
  }

  World presigned() {
    return new World(corpus, false, filesElsewhere, gzip, ranges, framing);
  }

  World elsewhere() {
    return new World(corpus, filesNeedToken, true, gzip, ranges, framing);
  }

  World compressed() {
    return new World(corpus, filesNeedToken, filesElsewhere, true, ranges, framing);
  }

  World withoutRanges() {
    return new World(corpus, filesNeedToken, filesElsewhere, gzip, false, framing);
  }

  World framed(Framing other) {
    return new World(corpus, filesNeedToken, filesElsewhere, gzip, ranges, other);
  }
}
