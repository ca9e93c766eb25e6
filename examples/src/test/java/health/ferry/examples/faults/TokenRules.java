package health.ferry.examples.faults;

import java.util.List;
import java.util.stream.Stream;

/** STU3 F1, F2, F6: which requests of a log must not have carried the token, and did. */
final class TokenRules {

  private TokenRules() {}

  static List<String> broken(RawBulkServer server) {
    return Stream.of(
            server.requests().stream()
                .filter(request -> request.hasToken() && !mayHaveIt(request, server))
                .map(request -> "a token to its home's " + request),
            server.requestsElsewhere().stream()
                .filter(request -> request.header("Authorization").isPresent())
                .filter(request -> !isAskedFor(request, server.world()))
                .map(request -> "a credential to another origin's " + request),
            Stream.concat(server.requests().stream(), server.requestsElsewhere().stream())
                .filter(request -> server.export().isTokenIn(request.target()))
                .map(request -> "a token in the URL of " + request))
        .flatMap(broken -> broken)
        .toList();
  }

  private static boolean mayHaveIt(Request request, RawBulkServer server) {
    String path = request.path();
    if (path.startsWith("/files/") || path.startsWith("/moved/")) {
      return server.world().filesNeedToken();
    }
    return path.startsWith("/fhir/") && !path.startsWith("/fhir/.well-known/");
  }

  /** F1: a file on another host gets it when the manifest says so; nothing else there does. */
  private static boolean isAskedFor(Request request, World world) {
    return world.filesNeedToken() && world.filesElsewhere() && request.path().startsWith("/files/");
  }
}
