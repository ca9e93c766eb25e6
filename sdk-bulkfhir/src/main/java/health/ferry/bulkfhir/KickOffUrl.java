package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;

/** Where a kick-off goes, and what tells two of them apart. */
final class KickOffUrl {

  private KickOffUrl() {}

  /** The operation alone, as for a POST. */
  static HttpUrl operation(HttpUrl base, ExportRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    if (request.level() == Level.PATIENT) {
      url.addPathSegment("Patient");
    }
    request.groupId().ifPresent(id -> url.addPathSegment("Group").addPathSegment(id));
    return url.addPathSegment("$export").build();
  }

  /** With the request's own parameters in the query, as for a GET. */
  static HttpUrl of(HttpUrl base, ExportRequest request) {
    return withQuery(operation(base, request), KickOffParameter.of(request));
  }

  static HttpUrl withQuery(HttpUrl operation, List<KickOffParameter> parameters) {
    HttpUrl.Builder url = operation.newBuilder();
    for (KickOffParameter parameter : parameters) {
      if (parameter.kind().isOneListByGet()) {
        url.addQueryParameter(parameter.name(), String.join(",", parameter.values()));
      } else {
        parameter
            .values()
            .forEach(
                value -> url.addQueryParameter(parameter.name(), parameter.kind().sent(value)));
      }
    }
    return url.build();
  }

  /**
   * What is asked for, however it is sent: two requests with the same identity bring the same
   * export. Names no patient.
   */
  static String identity(HttpUrl base, ExportRequest request) {
    HttpUrl.Builder url = operation(base, request).newBuilder();
    for (KickOffParameter parameter : KickOffParameter.of(request)) {
      switch (parameter.kind()) {
        case PATIENT -> url.addQueryParameter("patient", digest(parameter.values()));
        case SEARCH ->
            parameter.values().forEach(value -> url.addQueryParameter(parameter.name(), value));
        default -> url.addQueryParameter(parameter.name(), String.join(",", parameter.values()));
      }
    }
    if (request.isLenient()) {
      // What a lenient server brings may be more than what was asked for.
      url.addQueryParameter("handling", "lenient");
    }
    return url.build().toString();
  }

  private static String digest(List<String> patients) {
    return ByteString.encodeUtf8(String.join(",", patients.stream().sorted().toList()))
        .sha256()
        .hex();
  }

  /** The operation with its variable parts named, for logs. */
  static String route(ExportRequest request) {
    return switch (request.level()) {
      case SYSTEM -> "/$export";
      case PATIENT -> "/Patient/$export";
      case GROUP -> "/Group/{id}/$export";
    };
  }
}
