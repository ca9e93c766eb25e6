package health.ferry.core.internal.call;

import health.ferry.core.TransportException.Phase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Follows one attempt, so that its failure can say how far it had come. */
final class AttemptPhase extends EventListener {

  private volatile Phase current = Phase.CONNECT;

  /** Finds the listener that came as a tag of the request, beside the caller's own listener. */
  static EventListener.Factory beside(EventListener.Factory callers) {
    return call -> {
      EventListener own = callers.create(call);
      AttemptPhase phase = call.request().tag(AttemptPhase.class);
      return phase == null ? own : phase.plus(own);
    };
  }

  Phase current() {
    return current;
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    current = Phase.DNS;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    current = Phase.CONNECT;
  }

  @Override
  public void secureConnectStart(Call call) {
    current = Phase.TLS;
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    current = Phase.CONNECT;
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException failure) {
    // Stays where it was: connect or TLS.
  }

  @Override
  public void requestHeadersStart(Call call) {
    current = Phase.REQUEST;
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    if (request.body() == null) {
      current = Phase.RESPONSE;
    }
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    current = Phase.RESPONSE;
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    current = Phase.BODY;
  }
}
