package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.parser.BaseParser;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** One resource, with the resources contained in it and the references to them. */
final class ResourceDecoding {

  private final FhirContext context;
  private final JsonParser json;
  private final ElementDecoding elements;
  private final List<IBaseReference> references = new ArrayList<>();
  private final Map<String, Resource> contained = new HashMap<>();
  private boolean inContained;
  private boolean inEntry;

  ResourceDecoding(FhirContext context, ElementTables tables, JsonParser json) {
    this.context = context;
    this.json = json;
    this.elements = new ElementDecoding(tables, json, this);
  }

  Resource decode(RuntimeResourceDefinition type) throws IOException, UnsureException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new UnsureException();
    }
    Resource resource = resource(type);
    if (json.nextToken() != null) {
      throw new UnsureException();
    }
    link();
    name(resource, type.getName());
    if (resource instanceof Bundle bundle) {
      BundleLinks.link(bundle, references);
    }
    return resource;
  }

  /** A resource that another one holds, which only entries of the outermost bundle may. */
  void held(IBase holder, Child child) throws IOException, UnsureException {
    if (inEntry || inContained || !(holder instanceof BundleEntryComponent)) {
      throw new UnsureException();
    }
    inEntry = true;
    RuntimeResourceDefinition type = statedType();
    if (type.getName().equals("Bundle")) {
      throw new UnsureException();
    }
    Resource resource = resource(type);
    name(resource, type.getName());
    child.add(holder, resource);
    inEntry = false;
  }

  /** The resources of {@code contained}, from the start of their array. */
  void contained(IBase outer, Child child) throws IOException, UnsureException {
    elements.require(JsonToken.START_ARRAY);
    // Each entry has a scope of its own for what it contains.
    if (inContained || inEntry) {
      throw new UnsureException();
    }
    inContained = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Resource resource = resource(statedType());
      if (!resource.getIdElement().isEmpty()) {
        resource.getIdElement().setValue(resource.getIdElement().getIdPart());
        contained.put(resource.getIdElement().getValue(), resource);
      }
      child.add(outer, resource);
    }
    inContained = false;
  }

  /** Keeps references in mind until all contained resources are known. */
  void remember(Reference reference) {
    references.add(reference);
  }

  private Resource resource(RuntimeResourceDefinition type) throws IOException, UnsureException {
    Resource resource = (Resource) type.newInstance();
    elements.membersOfResource(resource, type);
    resource.setUserData(BaseParser.RESOURCE_CREATED_BY_PARSER, true);
    return resource;
  }

  /** Written first by all who write FHIR; elsewhere it would have to be searched for. */
  private RuntimeResourceDefinition statedType() throws IOException, UnsureException {
    if (json.currentToken() != JsonToken.START_OBJECT
        || !"resourceType".equals(json.nextFieldName())
        || json.nextToken() != JsonToken.VALUE_STRING) {
      throw new UnsureException();
    }
    return context.getResourceDefinition(json.getText());
  }

  private void link() {
    if (contained.isEmpty()) {
      return;
    }
    for (IBaseReference reference : references) {
      String target = reference.getReferenceElement().getValue();
      if (target != null && target.startsWith("#")) {
        Resource resource = contained.get(target.substring(1));
        if (resource != null) {
          reference.setResource(resource);
        }
      }
    }
  }

  /** HAPI's parser completes the id by type and version. */
  private static void name(Resource resource, String type) {
    String version = resource.getMeta().getVersionId();
    String id = resource.getIdElement().getIdPart();
    if (id == null || id.isBlank() || id.startsWith("urn:")) {
      return;
    }
    String history = version == null || version.isBlank() ? "" : "/_history/" + version;
    resource.getIdElement().setValue(type + "/" + id + history);
  }
}
