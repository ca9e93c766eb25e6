package health.ferry.core.internal.call;

import health.ferry.core.UnexpectedResponseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Follows redirects of reads. Across origins only harmless headers go along: OkHttp's own rule
 * strips {@code Authorization} alone and would hand an API key, cookies and ids to a stranger.
 */
final class Redirects {

  static final int LIMIT = 3;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-encoding", "range", "if-range", "user-agent");

  private final UrlPolicy urls;

  Redirects(UrlPolicy urls) {
    this.urls = urls;
  }

  /** The request to make instead, empty when the response is the answer. */
  Optional<Request> next(Request request, Response response, int hops, CallContext call) {
    String location = response.header("Location");
    if (!REDIRECTS.contains(response.code())
        || location == null
        || !Set.of("GET", "HEAD").contains(request.method())) {
      return Optional.empty();
    }
    if (hops >= LIMIT) {
      throw new UnexpectedResponseException(
          call.info(), "more than " + LIMIT + " redirects in a row", null);
    }
    HttpUrl target = request.url().resolve(location);
    if (target == null) {
      throw new UnexpectedResponseException(
          call.info(), "a redirect to something that is no http or https URL", null);
    }
    if (request.isHttps() && !target.isHttps()) {
      throw new UnexpectedResponseException(call.info(), "a redirect from https to http", null);
    }
    urls.requireHandedOut(target, Origin.of(request.url()), "redirect", call.info());
    boolean sameOrigin = Origin.of(request.url()).equals(Origin.of(target));
    return Optional.of(
        sameOrigin ? request.newBuilder().url(target).build() : bare(request, target));
  }

  private static Request bare(Request request, HttpUrl target) {
    Request.Builder onward = request.newBuilder().url(target);
    for (String name : request.headers().names()) {
      if (!HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
        onward.removeHeader(name);
      }
    }
    return onward.build();
  }
}
