package health.ferry.bulkfhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.fhir.internal.OutcomeErrors;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/** Makes a group on a server ({@code POST [base]/Group}; FHIR R4, "create"). */
final class GroupCreation {

  private static final MediaType FHIR_JSON = MediaType.get("application/fhir+json");
  private static final String ID = "[A-Za-z0-9.-]{1,64}";
  private static final Pattern LOCATION =
      Pattern.compile("(?:.*/)?Group/(" + ID + ")(?:/_history/.*)?");

  private final Transport transport;
  private final HttpUrl base;

  GroupCreation(Transport transport, HttpUrl base) {
    this.transport = transport;
    this.base = base;
  }

  /** Makes the group and returns the id that the server gave it. */
  String create(ExportGroup group, CallContext call) {
    HttpUrl url = base.newBuilder().addPathSegment("Group").build();
    return transport.send(
        Exchange.of("POST", url, "/Group", this::id)
            .header("Accept", "application/fhir+json")
            .body(RequestBody.create(group.json().getBytes(UTF_8), FHIR_JSON))
            .credential(CredentialScope.OWN_ORIGIN)
            .accept(200, 201)
            .errors(OutcomeErrors::of)
            .retry(RetryClass.CREATE)
            .build(),
        call);
  }

  /** The body may be the Group, an OperationOutcome, or empty, as the server prefers. */
  private String id(Answer answer) throws IOException {
    return Json.peek(answer.raw(transport.options().maxJsonBytes()))
        .filter(body -> body.path("resourceType").asText().equals("Group"))
        .map(body -> body.path("id").asText(""))
        .filter(id -> id.matches(ID))
        .or(() -> answer.header("Location").flatMap(GroupCreation::idAt))
        .orElseThrow(
            () ->
                new UnexpectedResponseException(
                    answer.call().info(), "the server made the group but named no id", null));
  }

  private static Optional<String> idAt(String location) {
    Matcher parts = LOCATION.matcher(location);
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }
}
