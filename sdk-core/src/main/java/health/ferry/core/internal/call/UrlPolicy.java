package health.ferry.core.internal.call;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Which URLs Ferry talks to: https, and http for loopback or by the caller's word. Addresses that
 * only a forged answer would name are refused.
 */
public final class UrlPolicy {

  private final boolean insecureHttpAllowed;

  public UrlPolicy(boolean insecureHttpAllowed) {
    this.insecureHttpAllowed = insecureHttpAllowed;
  }

  /** Why the caller's own URL cannot be used; empty when it can. */
  public Optional<String> objection(HttpUrl url) {
    if (!url.isHttps() && !insecureHttpAllowed && !isLoopback(url)) {
      return Optional.of("must be https; for http elsewhere than on loopback allowInsecureHttp()");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      return Optional.of("must not hold a user name or password");
    }
    return Optional.empty();
  }

  /**
   * Refuses a URL that a server should not have handed out.
   *
   * @param from the server that named it
   * @param what what the URL is for, as in «status URL»
   */
  public void requireHandedOut(HttpUrl url, Origin from, String what, CallInfo call) {
    Optional<String> objection = objectionToAddress(url, from).or(() -> objection(url));
    if (objection.isPresent()) {
      throw new UnexpectedResponseException(
          call, "the " + what + " that the server named " + objection.get(), null);
    }
  }

  private static Optional<String> objectionToAddress(HttpUrl url, Origin from) {
    if (isLoopback(url) && !isLoopback(from.host())) {
      return Optional.of("must not be on this machine");
    }
    return address(url.host())
        .filter(address -> address.isLinkLocalAddress() || address.isAnyLocalAddress())
        .map(address -> "must not be a link-local address");
  }

  private static boolean isLoopback(HttpUrl url) {
    return isLoopback(url.host());
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || address(host).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  /** The address that a host is written as; no name is looked up. */
  private static Optional<InetAddress> address(String host) {
    if (!host.contains(":") && !host.matches("[0-9.]+")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
