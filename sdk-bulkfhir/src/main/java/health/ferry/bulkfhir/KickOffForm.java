package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Method;
import health.ferry.core.internal.call.AnswerReader;
import health.ferry.core.internal.call.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * How one kick-off is written: by GET or by POST, and what it says beyond the caller's own words.
 *
 * <p>By GET unless the request, its list of patients, its length, the preset or the server's
 * version say otherwise: many servers know nothing else, and some read a POST's query alone.
 *
 * @param operation the URL without parameters
 * @param stu4 whether the body is to be one of STU4
 */
record KickOffForm(
    Method method, HttpUrl operation, List<KickOffParameter> parameters, boolean stu4) {

  /** What old proxies pass; longer URLs are known to fail. */
  static final int LONGEST_URL = 2_000;

  private static final MediaType FHIR_JSON = MediaType.get("application/fhir+json");

  /**
   * Chooses.
   *
   * @param server what the server says of itself, asked only when that can matter
   */
  static KickOffForm of(
      HttpUrl base,
      ExportRequest request,
      ExportPreset preset,
      Supplier<Optional<ServerCapabilities>> server) {
    Optional<Method> settled = settledMethod(base, request, preset);
    boolean isSettled =
        settled.isPresent()
            && request.allowsPartialManifests()
            && (settled.get() == Method.GET || request.associatedData().isEmpty());
    int version =
        isSettled || !preset.asksTheServer()
            ? 0
            : server.get().map(says -> says.majorVersion(request.level())).orElse(0);
    Method method = settled.orElse(version >= 4 ? Method.POST : Method.GET);
    return new KickOffForm(
        method,
        KickOffUrl.operation(base, request),
        KickOffParameter.of(request, request.allowsPartialManifests() || version >= 3),
        version >= 4);
  }

  private static Optional<Method> settledMethod(
      HttpUrl base, ExportRequest request, ExportPreset preset) {
    if (request.method().isPresent()) {
      return request.method();
    }
    boolean tooLong = KickOffUrl.of(base, request).toString().length() > LONGEST_URL;
    if (!request.patientIds().isEmpty() || (tooLong && preset.takesPost())) {
      return Optional.of(Method.POST);
    }
    return preset.asksTheServer() ? Optional.empty() : Optional.of(Method.GET);
  }

  /** The URL of the kick-off with some of its parameters, as far as they stand in it. */
  HttpUrl url(List<KickOffParameter> shown) {
    return method == Method.GET ? KickOffUrl.withQuery(operation, shown) : operation;
  }

  /** Begins the exchange: method, URL and, by POST, the body. */
  <T> Exchange.Builder<T> exchange(String route, AnswerReader<T> reader) {
    if (method == Method.GET) {
      return Exchange.of("GET", url(parameters), route, reader);
    }
    return Exchange.of("POST", operation, route, reader)
        .body(RequestBody.create(KickOffBody.of(parameters, stu4), FHIR_JSON));
  }
}
