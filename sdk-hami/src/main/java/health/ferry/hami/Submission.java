package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.hami.internal.submit.HamiErrors;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one bundle: {@code POST [base]/api/g/{groupId}/ingestion/fhir/v4} (seed, "Endpoint
 * Details").
 */
final class Submission {

  private static final Logger log = LoggerFactory.getLogger(Submission.class);

  /** Seed, "Headers": exactly this, and not {@code application/fhir+json}. */
  private static final MediaType JSON = MediaType.get("application/json");

  private final Transport transport;
  private final HttpUrl endpoint;

  Submission(Transport transport, HttpUrl base, String groupId) {
    this.transport = transport;
    this.endpoint =
        base.newBuilder()
            .addPathSegments("api/g")
            .addPathSegment(groupId)
            .addPathSegments("ingestion/fhir/v4")
            .build();
  }

  /**
   * Sends these bytes, at every attempt the same. A redirect is not followed: what it leads to
   * would be another request under the same permit.
   *
   * @param warnings what the check found, for the receipt
   */
  IngestionReceipt send(byte[] bundle, List<Finding> warnings, CallContext call) {
    IngestionReceipt receipt =
        transport.send(
            Exchange.of(
                    "POST",
                    endpoint,
                    "/api/g/{groupId}/ingestion/fhir/v4",
                    answer -> receipt(answer, warnings))
                .header("Accept", "application/json")
                .body(RequestBody.create(bundle, JSON))
                .credential(CredentialScope.OWN_ORIGIN)
                .accept(200, 201, 202)
                .errors(HamiErrors::of)
                // Seed, "Idempotency": the same full URLs and data make no duplicates.
                .retry(RetryClass.REPEATABLE)
                .build(),
            call);
    // Seed, "Error Handling": log all transactionId values.
    log.info("{}: {}", call.info(), receipt);
    return receipt;
  }

  private IngestionReceipt receipt(Answer answer, List<Finding> warnings) throws IOException {
    CallInfo call = answer.call().info();
    RawResponse raw = answer.raw(transport.options().maxJsonBytes());
    String id = Json.object(raw, call).path("transactionId").asText("");
    if (id.isBlank()) {
      throw new UnexpectedResponseException(
          call, "the server accepted the bundle but named no transactionId", null);
    }
    return new IngestionReceipt(id, raw.text(), warnings);
  }
}
