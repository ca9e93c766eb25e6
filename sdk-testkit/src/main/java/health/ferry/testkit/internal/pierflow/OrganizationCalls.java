package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowForm;
import health.ferry.testkit.PierflowOptions;
import java.util.function.Supplier;

/** Tells of the one organization (fact sheet, 3.4). */
final class OrganizationCalls {

  private final Supplier<PierflowOptions> options;
  private final Access access;
  private final Packages packages;

  OrganizationCalls(Supplier<PierflowOptions> options, Access access, Packages packages) {
    this.options = options;
    this.access = access;
    this.packages = packages;
  }

  private boolean documented() {
    return options.get().records() == PierflowForm.DOCUMENTED;
  }

  ControlAnswer list(Call call) throws RequestRefused {
    access.checkKey(call);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("organizations").add(organization());
    body.putObject("pagination")
        .put("total", 1)
        .put("page", 1)
        .put("per_page", documented() ? 100 : 1);
    return ControlAnswer.json(200, body.toString());
  }

  /** In the pages alone: the code has no such route. */
  ControlAnswer one(Call call) throws RequestRefused {
    if (!documented()) {
      return ControlAnswer.html(404);
    }
    access.checkKey(call);
    access.checkOrganization(call.id(0), "FORBIDDEN");
    ObjectNode body = organization().put("mrnSystem", PatientBundle.ORGANIZATION_MRN_SYSTEM);
    body.putArray("sites");
    return ControlAnswer.json(200, body.toString());
  }

  private ObjectNode organization() {
    int patients = packages.patients().size();
    int records = packages.patients().stream().mapToInt(PatientFile::recordCount).sum();
    ObjectNode organization =
        JsonNodeFactory.instance
            .objectNode()
            .put("organization_id", options.get().organizationId())
            .put("name", options.get().organizationName())
            .put("type", "CLINIC");
    ObjectNode address = organization.putObject("address");
    address.put("street", "1 Synthetic Lane").put("lga", "Exampleton").put("state", "Lagos");
    ObjectNode stats = organization.putObject("stats");
    if (documented()) {
      stats.put("records_processed", records).put("records_validated", records);
      stats.put("records_in_review", 0);
    } else {
      address.put("country", "NG");
      stats.put("patient_count", patients).put("validated_record_count", records);
    }
    return organization;
  }
}
