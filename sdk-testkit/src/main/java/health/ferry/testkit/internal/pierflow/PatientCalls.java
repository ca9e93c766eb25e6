package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowForm;
import health.ferry.testkit.PierflowOptions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lists patients, page by page (fact sheet, 3.5). */
final class PatientCalls {

  private static final int DEFAULT_PAGE = 100;
  private static final int GREATEST_PAGE = 500;

  private final Supplier<PierflowOptions> options;
  private final Access access;
  private final Packages packages;

  PatientCalls(Supplier<PierflowOptions> options, Access access, Packages packages) {
    this.options = options;
    this.access = access;
    this.packages = packages;
  }

  ControlAnswer list(Call call) throws RequestRefused {
    access.checkKey(call);
    access.checkOrganization(call.id(0), "FORBIDDEN");
    List<PatientView> byName =
        packages.patients().stream()
            .map(PatientView::new)
            .sorted(Comparator.comparing(PatientView::fullName).thenComparing(PatientView::id))
            .toList();
    ObjectNode body =
        options.get().records() == PierflowForm.DOCUMENTED
            ? numbered(call, byName)
            : afterCursor(call, byName);
    return ControlAnswer.json(200, body.toString());
  }

  /** As the pages show it: filters, and pages by their number. */
  private ObjectNode numbered(Call call, List<PatientView> byName) {
    int page = number(call, "page", 1);
    int perPage = number(call, "per_page", DEFAULT_PAGE);
    List<PatientView> found = byName.stream().filter(asked(call)).toList();
    ObjectNode body =
        body(
            found.stream()
                .skip((page - 1L) * perPage)
                .limit(perPage)
                .map(one -> one.documented(call.id(0), status(one))));
    body.putObject("pagination")
        .put("total", found.size())
        .put("page", page)
        .put("per_page", perPage);
    return body;
  }

  private Predicate<PatientView> asked(Call call) {
    String status = call.query("status").orElse("VALIDATED");
    String search = call.query("search").orElse("").toLowerCase(Locale.ROOT);
    Instant since = call.query("updated_since").map(PatientCalls::time).orElse(Instant.MIN);
    return one ->
        (status.equals("ALL") || status.equals(status(one)))
            && one.fullName().toLowerCase(Locale.ROOT).contains(search)
            && !time(one.updatedAt()).isBefore(since);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      // A given Bundle may have no time; it is as old as can be.
      return Instant.MIN;
    }
  }

  private String status(PatientView one) {
    return packages.isImported(one.id()) ? "IMPORTED" : "VALIDATED";
  }

  /**
   * As the code has it: a page begins behind the cursor, and a full page has a next one, even if
   * that is empty.
   */
  private static ObjectNode afterCursor(Call call, List<PatientView> byName) {
    int limit = Math.min(GREATEST_PAGE, number(call, "limit", DEFAULT_PAGE));
    List<String> ids = byName.stream().map(PatientView::id).toList();
    int from = call.query("cursor").map(ids::indexOf).orElse(-1) + 1;
    List<PatientView> page = byName.stream().skip(from).limit(limit).toList();
    ObjectNode body = body(page.stream().map(PatientView::deployed));
    body.putObject("pagination")
        .put("per_page", limit)
        .put("next_cursor", page.size() == limit ? page.get(limit - 1).id() : null);
    return body;
  }

  private static ObjectNode body(Stream<ObjectNode> items) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode patients = body.putArray("patients");
    items.forEach(patients::add);
    return body;
  }

  /** A number from 1 on; anything else counts as not said. */
  private static int number(Call call, String parameter, int otherwise) {
    String text = call.query(parameter).orElse("");
    return text.matches("[1-9]\\d{0,8}") ? Integer.parseInt(text) : otherwise;
  }
}
