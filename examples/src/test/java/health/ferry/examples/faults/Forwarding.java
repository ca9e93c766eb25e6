package health.ferry.examples.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;

/** Hands requests on to an honest server, and brings its answers. */
final class Forwarding {

  /** Of one connection, and made anew for the next one; and bodies come as they are. */
  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "expect",
          "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Reply send(String origin, Request request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(URI.create(origin + request.target()))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().entrySet().stream()
        .filter(header -> isPassedOn(header.getKey()))
        .forEach(header -> onward.header(header.getKey(), header.getValue()));
    try {
      return reply(client.send(onward.build(), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  private static Reply reply(HttpResponse<byte[]> answer) {
    Reply reply = Reply.of(answer.statusCode()).body(answer.body());
    for (String name : answer.headers().map().keySet()) {
      if (isPassedOn(name)) {
        reply = reply.with(name, answer.headers().firstValue(name).orElseThrow());
      }
    }
    return reply;
  }

  private static boolean isPassedOn(String header) {
    return !OF_ONE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }
}
