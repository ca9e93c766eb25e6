package health.ferry.fhir;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and decodes each line when the caller asks for it, on the caller's thread. */
final class InTurn<T> implements ResourceFeed<T> {

  private final NdjsonLines lines;
  private final LineDecoder<? extends T> decoder;
  private @Nullable NdjsonLine line;

  InTurn(NdjsonLines lines, LineDecoder<? extends T> decoder) {
    this.lines = lines;
    this.decoder = decoder;
  }

  @Override
  public @Nullable NdjsonLine next() {
    line = lines.next();
    return line;
  }

  @Override
  public T resource() throws UnreadableResourceException {
    return decoder.decode(Objects.requireNonNull(line, "line"));
  }

  @Override
  public void close() {
    lines.close();
  }
}
