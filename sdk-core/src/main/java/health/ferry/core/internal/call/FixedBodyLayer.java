package health.ferry.core.internal.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Layer 3: fixes the body's bytes before the first attempt, so that every attempt sends the same.
 *
 * <p>A body that changes something is one-shot to OkHttp, which would otherwise replay it by itself
 * after a lost connection or a 503.
 */
final class FixedBodyLayer implements Layer {

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    RequestBody body = exchange.body();
    if (body == null || body.isOneShot()) {
      return next.proceed(exchange);
    }
    boolean oneShot = exchange.retryClass().changesSomething();
    return next.proceed(exchange.withBody(new FixedBody(bytes(body), body.contentType(), oneShot)));
  }

  private static ByteString bytes(RequestBody body) {
    Buffer buffer = new Buffer();
    try {
      body.writeTo(buffer);
    } catch (IOException failed) {
      throw new UncheckedIOException("The request's body could not be encoded", failed);
    }
    return buffer.readByteString();
  }

  private static final class FixedBody extends RequestBody {
    private final ByteString bytes;
    private final @Nullable MediaType type;
    private final boolean oneShot;

    FixedBody(ByteString bytes, @Nullable MediaType type, boolean oneShot) {
      this.bytes = bytes;
      this.type = type;
      this.oneShot = oneShot;
    }

    @Override
    public @Nullable MediaType contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return bytes.size();
    }

    @Override
    public boolean isOneShot() {
      return oneShot;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }
}
