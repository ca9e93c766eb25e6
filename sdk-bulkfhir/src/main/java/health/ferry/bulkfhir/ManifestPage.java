package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One page of a manifest, read as leniently as live servers need it: {@code deleted} and {@code
 * error} may be missing, {@code error} is called {@code outcome} in STU4, a boolean may be a
 * string.
 *
 * @param organizedBy the resource type that an organized output is grouped by
 * @param next the next page, as the server wrote it
 */
record ManifestPage(
    Optional<Instant> transactionTime,
    Optional<Boolean> requiresAccessToken,
    Optional<String> organizedBy,
    List<ManifestFile> files,
    Optional<String> next,
    Optional<Instant> expires,
    String raw) {

  static ManifestPage of(RawResponse response, CallInfo call) {
    return of(response, Optional.empty(), call);
  }

  /**
   * Reads a page that follows another.
   *
   * @param before what the first page says of the token, which counts where this one is silent
   */
  static ManifestPage of(RawResponse response, Optional<Boolean> before, CallInfo call) {
    JsonNode json = Json.object(response, call);
    if (!json.path("output").isArray()) {
      throw malformed(call, "it has no list of output");
    }
    Optional<Boolean> withToken = flag(json.path("requiresAccessToken")).or(() -> before);
    List<ManifestFile> files = new ArrayList<>();
    read(json, "output", Section.OUTPUT, withToken, files, call);
    read(json, "deleted", Section.DELETED, withToken, files, call);
    read(json, "error", Section.ERROR, withToken, files, call);
    read(json, "outcome", Section.ERROR, withToken, files, call);
    return new ManifestPage(
        instant(json.path("transactionTime").asText()),
        withToken,
        organizedBy(json),
        files,
        next(json, call),
        response.header("Expires").flatMap(ManifestPage::httpDate),
        response.text());
  }

  /** The SMART reference server sends an empty text for output that is not organized. */
  private static Optional<String> organizedBy(JsonNode json) {
    return Optional.ofNullable(json.path("outputOrganizedBy").textValue())
        .filter(by -> !by.isBlank());
  }

  /**
   * The same page of another server than the FHIR server: it has no say in who gets the token.
   *
   * @param before what the FHIR server has said
   */
  ManifestPage ofStranger(Optional<Boolean> before) {
    boolean withToken = before.orElse(false);
    return new ManifestPage(
        transactionTime,
        Optional.of(withToken),
        organizedBy,
        files.stream().map(file -> file.withToken(withToken)).toList(),
        next,
        expires,
        raw);
  }

  /** A body of a 202 that is a partial manifest; whatever else it may be is no news. */
  static Optional<ManifestPage> peek(RawResponse response, CallInfo call) {
    boolean isManifest =
        Json.peek(response).map(json -> json.path("output").isArray()).orElse(false);
    try {
      return isManifest ? Optional.of(of(response, call)) : Optional.empty();
    } catch (UnexpectedResponseException unfinished) {
      return Optional.empty();
    }
  }

  private static void read(
      JsonNode json,
      String list,
      Section section,
      Optional<Boolean> withToken,
      List<ManifestFile> files,
      CallInfo call) {
    for (JsonNode item : json.path(list)) {
      String url = item.path("url").asText("");
      if (url.isBlank()) {
        throw malformed(call, "an entry of " + list + " has no url");
      }
      // M3: a file of organized output holds several types.
      boolean mixed = section == Section.OUTPUT && organizedBy(json).isPresent();
      String type = mixed ? null : item.path("type").asText(null);
      if (type != null && !type.matches("[A-Z][A-Za-z]{1,63}")) {
        throw malformed(call, "an entry of " + list + " has a type that is no resource type");
      }
      files.add(
          new ManifestFile(
              section,
              type,
              url,
              count(item),
              item.path("continuesInFile").asText(null),
              withToken.orElse(null)));
    }
  }

  /** Some servers write booleans and numbers as texts. */
  private static Optional<Boolean> flag(JsonNode node) {
    return switch (node.asText().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static long count(JsonNode item) {
    String count = item.path("count").asText();
    return count.matches("[0-9]{1,18}") ? Long.parseLong(count) : -1;
  }

  private static Optional<String> next(JsonNode json, CallInfo call) {
    for (JsonNode link : json.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").asText("");
        if (url.isBlank()) {
          throw malformed(call, "its link to the next page has no url");
        }
        return Optional.of(url);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static UnexpectedResponseException malformed(CallInfo call, String how) {
    return new UnexpectedResponseException(call, "the manifest is malformed: " + how, null);
  }
}
