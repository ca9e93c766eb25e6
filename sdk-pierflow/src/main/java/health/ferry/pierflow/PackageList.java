package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.pierflow.internal.SafeName;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists an organization's packages (seed, "Listing packages"; fact sheet, 3.1). There is no paging:
 * the server gives the fifty newest.
 */
final class PackageList {

  private static final Logger log = LoggerFactory.getLogger(PackageList.class);
  private static final String ROUTE = "/v1/organizations/{organization}/import-packages";

  private PackageList() {}

  static List<ImportPackage> fetch(
      PierflowServer server, String organizationId, PackageStatus status, CallContext call) {
    JsonNode answer =
        server.get(
            ROUTE,
            server
                .url("organizations", organizationId, "import-packages")
                .newBuilder()
                .addQueryParameter("status", status.value())
                .build(),
            call);
    JsonNode listed = answer.path("packages");
    if (!listed.isArray()) {
      throw new UnexpectedResponseException(call.info(), "the answer has no packages", null);
    }
    Instant now = call.time().now();
    List<ImportPackage> packages =
        listed
            .valueStream()
            .map(Fields::new)
            .map(one -> new ImportPackage(id(one, call), status, one, now))
            .toList();
    packages.stream().filter(ImportPackage::isExpiringSoon).forEach(PackageList::warn);
    return packages;
  }

  private static String id(Fields listed, CallContext call) {
    return listed.required("package_id", "a package in the list", call.info());
  }

  private static void warn(ImportPackage expiring) {
    log.warn(
        "Package {} expires at {}, and its records may not be rebuilt: import it today",
        SafeName.shown(expiring.id()),
        expiring.expiresAt().map(Instant::toString).orElse("an unknown time"));
  }
}
