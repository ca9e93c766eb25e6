package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.digest.ResourceIds;
import health.ferry.hami.internal.document.LogicalId;
import health.ferry.hami.internal.document.UrnUuid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource that a builder fills, with what is wrong with it so far. Not thread-safe.
 *
 * @param <R> the resource's model
 */
final class Draft<R extends DomainResource> {

  private static final Pattern LITERAL =
      Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}|https?://\\S+");

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final R resource;
  private final Map<String, String> broken = new LinkedHashMap<>();

  Draft(R resource) {
    this.resource = resource;
  }

  R resource() {
    return resource;
  }

  /** The first rule on a path: what was said of it before does not count any more. */
  void check(String path, boolean isKept, String rule) {
    broken.remove(pathOf(path));
    refuseIf(path, !isKept, rule);
  }

  /** A further rule on a path. */
  void refuseIf(String path, boolean isBroken, String rule) {
    if (isBroken) {
      broken.put(pathOf(path), rule);
    }
  }

  void checkText(String path, String text) {
    check(path, !text.isBlank(), "must not be empty");
  }

  void id(String id) {
    check("id", LogicalId.isValid(id), "must be 1 to 64 letters, digits, '-' and '.'");
    resource.setId(id);
  }

  void narrative(String text) {
    Narrative narrative = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
    narrative.setDivAsString(
        "<div>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</div>");
    resource.setText(narrative);
  }

  /** A moment as HAMI wants it: UTC, whole seconds. */
  String moment(String path, Instant moment) {
    boolean isWritable = !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    check(path, isWritable, "must lie in the years 1 to 9999");
    return (isWritable ? moment : FIRST).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Reference reference(String path, Resource target) {
    String id = target.getIdElement().getIdPart();
    check(path, id != null, "must lead to a resource that has an id");
    if (id == null || id.startsWith("urn:")) {
      return new Reference(id);
    }
    return new Reference(target.fhirType() + "/" + id);
  }

  Reference reference(String path, String literal) {
    boolean isOne = UrnUuid.isValid(literal) || LITERAL.matcher(literal).matches();
    check(path, isOne, "must read Type/id or urn:uuid:…");
    return new Reference(literal);
  }

  /**
   * The finished resource. One that was given no id gets one made of its content, so that the same
   * content has the same id in every run: HAMI tells resources apart by what is made of it.
   */
  R built() {
    return built(() -> List.of(FhirR4.shared().codec().encode(resource)));
  }

  /** The same with an id, if none was given, that is made of what names the resource. */
  R built(Supplier<List<String>> names) {
    if (!broken.isEmpty()) {
      throw new InvalidInputException(
          CallInfo.of("HAMI", "build " + resource.fhirType()),
          broken.entrySet().stream()
              .map(rule -> new Violation(rule.getKey(), rule.getValue()))
              .toList());
    }
    @SuppressWarnings("unchecked") // HAPI's copy has the class of the original.
    R copy = (R) resource.copy();
    if (!copy.hasId()) {
      copy.setId(ResourceIds.of(copy.fhirType(), names.get()));
    }
    return copy;
  }

  private String pathOf(String path) {
    return resource.fhirType() + "." + path;
  }
}
