package health.ferry.pierflow;

import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Origin;
import okhttp3.HttpUrl;

/**
 * Where a package's download begins. The list names a path of the server that holds {@code /v1}
 * already (fact sheet, 1), a base URL may hold it too, and a gateway may stand before both: what
 * they share must not double, and what one of them lacks must not be lost.
 */
final class DownloadUrl {

  private DownloadUrl() {}

  static HttpUrl of(ImportPackage pkg, PierflowServer server, CallContext call) {
    return pkg.downloadUrl()
        .map(named -> resolve(named, server, call))
        .orElseGet(() -> server.url("import-packages", pkg.id(), "download"));
  }

  private static HttpUrl resolve(String named, PierflowServer server, CallContext call) {
    HttpUrl root = server.root();
    HttpUrl url = handedOut(named, server, call);
    boolean isPath = HttpUrl.parse(named) == null && Origin.of(url).equals(Origin.of(root));
    return isPath
        ? url.newBuilder().encodedPath(below(withoutLastSlash(root), url.encodedPath())).build()
        : url;
  }

  /** A URL or path that the server named, if it may be fetched. */
  static HttpUrl handedOut(String named, PierflowServer server, CallContext call) {
    HttpUrl url = server.root().resolve(named);
    if (url == null) {
      throw new UnexpectedResponseException(
          call.info(), "the download URL that the server named is no http or https URL", null);
    }
    server
        .transport()
        .urls()
        .requireHandedOut(url, Origin.of(server.root()), "download URL", call.info());
    return url;
  }

  private static String withoutLastSlash(HttpUrl root) {
    return root.encodedPath().replaceAll("/+$", "");
  }

  private static String below(String root, String path) {
    String shared = root + "/v1/";
    String rest = path.startsWith(shared) ? path.substring(shared.length()) : path.substring(1);
    return shared + (rest.startsWith("v1/") ? rest.substring("v1/".length()) : rest);
  }
}
