package health.ferry.pierflow;

import health.ferry.core.RawResponse;
import health.ferry.core.internal.call.CallContext;
import health.ferry.pierflow.internal.SafeName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an acknowledgement, and before it the mappings that it had no room for: once it is taken,
 * nothing is left to be done.
 */
final class AcknowledgementCall {

  private static final Logger log = LoggerFactory.getLogger(AcknowledgementCall.class);

  private static final String ROUTE = "/v1/import-packages/{id}/acknowledge";

  private final PierflowServer server;

  AcknowledgementCall(PierflowServer server) {
    this.server = server;
  }

  AcknowledgementReceipt send(Acknowledgement acknowledgement, CallContext call) {
    List<MappingResult> linked = link(acknowledgement.links(), call);
    RawResponse answer =
        server.settle(
            ROUTE,
            server.url("import-packages", acknowledgement.packageId(), "acknowledge"),
            acknowledgement.body().toByteArray(),
            acknowledgement.idempotencyKey(),
            call);
    AcknowledgementReceipt receipt =
        AcknowledgementReceipt.of(acknowledgement.packageId(), answer, linked);
    if (receipt.status().isEmpty() && !receipt.raw().isBlank()) {
      log.warn(
          "Pierflow answered {} to the acknowledgement of package {}, and no word of what it is now",
          answer.status(),
          SafeName.shown(acknowledgement.packageId()));
    }
    return receipt;
  }

  private List<MappingResult> link(Acknowledgement.Links links, CallContext call) {
    return links.mappings().isEmpty()
        ? List.of()
        : PatientLinks.bulk(
            server,
            Objects.requireNonNull(links.organizationId()),
            Optional.ofNullable(links.externalSystem()),
            links.mappings(),
            call);
  }
}
