package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.Finding;
import health.ferry.hami.internal.document.EntryPath;
import health.ferry.hami.internal.document.ResourceDocument;
import java.util.Comparator;
import java.util.List;

/** Goes through a bundle with all rules. Thread-safe. */
public final class BundlePreflight {

  private final StructureRule structure;
  private final List<ResourceRule> resourceRules;

  /**
   * With R4's structure and these rules for each resource.
   *
   * @param fhir gives R4's definitions
   * @param resourceRules each sees every resource of a type that HAMI takes
   */
  public BundlePreflight(FhirR4 fhir, List<ResourceRule> resourceRules) {
    this.structure = new StructureRule(fhir);
    this.resourceRules = List.copyOf(resourceRules);
  }

  /** Everything that is wrong: with the bundle first, then entry by entry. */
  public List<Finding> check(ResourceDocument document) {
    Findings findings = Findings.none();
    if (!document.type().equals("Bundle")) {
      findings.error("Bundle.resourceType", "must be 'Bundle'");
      return findings.all();
    }
    JsonNode bundle = document.tree();
    JsonNode entries =
        bundle.path("entry").isArray() ? bundle.path("entry") : MissingNode.getInstance();
    BundleRules.check(bundle, findings.at("Bundle"));
    EntryFullUrls urls = EntryFullUrls.of(entries, findings.at("Bundle"));
    for (int i = 0; i < entries.size(); i++) {
      entry(entries.path(i), findings.at(EntryPath.of(i)));
    }
    structure.check(BundleFrame.of(bundle), findings.at("Bundle"));
    ReferenceRules references = new ReferenceRules(urls, entries, findings);
    document.references().forEach(references::check);
    document.dates().forEach(date -> DateRules.check(date, findings));
    return findings.all().stream()
        .sorted(Comparator.comparingInt(finding -> finding.entry().orElse(-1)))
        .toList();
  }

  private void entry(JsonNode entry, Findings findings) {
    if (EntryRules.check(entry, findings)) {
      Findings ofResource = findings.at("resource");
      structure.check(entry.path("resource"), ofResource);
      resourceRules.forEach(rule -> rule.check(entry.path("resource"), ofResource));
    }
  }
}
