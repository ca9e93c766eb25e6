package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import java.time.format.DateTimeFormatter;
import okhttp3.HttpUrl;

/** Where a kick-off by GET goes, parameters included. */
final class KickOffUrl {

  private KickOffUrl() {}

  static HttpUrl of(HttpUrl base, ExportRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    if (request.level() == Level.PATIENT) {
      url.addPathSegment("Patient");
    }
    request.groupId().ifPresent(id -> url.addPathSegment("Group").addPathSegment(id));
    url.addPathSegment("$export");
    request.outputFormat().ifPresent(format -> url.addQueryParameter("_outputFormat", format));
    request
        .since()
        .ifPresent(at -> url.addQueryParameter("_since", DateTimeFormatter.ISO_INSTANT.format(at)));
    request
        .until()
        .ifPresent(at -> url.addQueryParameter("_until", DateTimeFormatter.ISO_INSTANT.format(at)));
    if (!request.types().isEmpty()) {
      // K7 and Medplum's ways: a comma list, since some servers read only the first _type.
      url.addQueryParameter("_type", String.join(",", request.types()));
    }
    // K10: repeated, so that no comma inside a filter is taken for a separator.
    request.typeFilters().forEach(filter -> url.addQueryParameter("_typeFilter", filter));
    if (!request.elements().isEmpty()) {
      url.addQueryParameter("_elements", String.join(",", request.elements()));
    }
    if (request.allowsPartialManifests()) {
      url.addQueryParameter("allowPartialManifests", "true");
    }
    return url.build();
  }

  /** The same with its variable parts named, for logs. */
  static String route(ExportRequest request) {
    return switch (request.level()) {
      case SYSTEM -> "/$export";
      case PATIENT -> "/Patient/$export";
      case GROUP -> "/Group/{id}/$export";
    };
  }
}
