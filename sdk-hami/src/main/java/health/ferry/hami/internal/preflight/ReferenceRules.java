package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.fhir.ResourceTypes;
import health.ferry.hami.internal.document.EntryPath;
import health.ferry.hami.internal.document.ReferenceSpot;
import health.ferry.hami.internal.document.UrnUuid;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where references may lead (seed, "Reference Handling"): to a full URL of the bundle, or to what
 * HAMI has already; and, by FHIR, to what is contained in the same resource.
 */
final class ReferenceRules {

  private static final Pattern LOGICAL =
      Pattern.compile("([A-Za-z]+)/[A-Za-z0-9.-]{1,64}(?:/_history/[A-Za-z0-9.-]{1,64})?");
  private static final Pattern CONDITIONAL = Pattern.compile("([A-Za-z]+)\\?.+");
  private static final Pattern ABSOLUTE = Pattern.compile("https?://.+");

  private final EntryFullUrls urls;
  private final JsonNode entries;
  private final Set<String> ids = new HashSet<>();
  private final Findings findings;

  ReferenceRules(EntryFullUrls urls, JsonNode entries, Findings findings) {
    this.urls = urls;
    this.entries = entries;
    this.findings = findings;
    for (JsonNode entry : entries) {
      JsonNode resource = entry.path("resource");
      ids.add(resource.path("resourceType").asText() + '/' + resource.path("id").asText());
    }
  }

  void check(ReferenceSpot reference) {
    String path = reference.literal().path();
    String value = reference.value();
    if (value.startsWith(UrnUuid.PREFIX)) {
      inBundle(path, value);
    } else if (value.startsWith("#")) {
      if (!isContained(path, value.substring(1))) {
        findings.error(path, "must be the id of a resource that is contained in the same resource");
      }
    } else if (isOfKnownType(LOGICAL.matcher(value))) {
      findings.warning(
          path,
          ids.contains(value)
              ? "names a resource of this bundle by its id: use its fullUrl, or HAMI looks for it"
                  + " among what it has"
              : "is not in this bundle: HAMI must have it already");
    } else if (isOfKnownType(CONDITIONAL.matcher(value))) {
      findings.warning(path, "is a search, and HAMI documents 'urn:uuid:' and 'Type/id' alone");
    } else if (ABSOLUTE.matcher(value).matches()) {
      findings.warning(
          path, "leads to another server, and HAMI documents 'urn:uuid:' and 'Type/id' alone");
    } else {
      findings.error(path, "must be the fullUrl of an entry, or 'Type/id' of what HAMI has");
    }
  }

  private void inBundle(String path, String urn) {
    if (!urls.contains(urn)) {
      findings.error(path, "must be the fullUrl of an entry of this bundle");
    } else if (!urls.containsExactly(urn)) {
      findings.warning(path, "differs from the entry's fullUrl in upper and lower case");
    }
  }

  /** {@code #} alone is the resource that contains. */
  private boolean isContained(String path, String id) {
    OptionalInt entry = EntryPath.indexOf(path);
    if (entry.isEmpty()) {
      return false;
    }
    if (id.isEmpty()) {
      return true;
    }
    for (JsonNode contained : entries.path(entry.getAsInt()).path("resource").path("contained")) {
      if (contained.path("id").isTextual() && contained.path("id").textValue().equals(id)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfKnownType(Matcher reference) {
    return reference.matches() && ResourceTypes.isKnown(reference.group(1));
  }
}
