package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.model.primitive.XhtmlDt;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseHasModifierExtensions;
import org.hl7.fhir.instance.model.api.IBaseXhtml;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The members of JSON objects into the elements of models. */
final class ElementDecoding {

  private final ElementTables tables;
  private final JsonParser json;
  private final ResourceDecoding resource;
  private final ExtensionDecoding extensions;

  ElementDecoding(ElementTables tables, JsonParser json, ResourceDecoding resource) {
    this.tables = tables;
    this.json = json;
    this.resource = resource;
    this.extensions = new ExtensionDecoding(tables.extensionValues(), json, this);
  }

  /** The members of a resource's object, up to its end. */
  void membersOfResource(Resource target, BaseRuntimeElementDefinition<?> type)
      throws IOException, UnsureException {
    members(target, type, type.getName());
  }

  /** A composite value from the start of its object to its end. */
  void composite(IBase value, BaseRuntimeElementDefinition<?> type)
      throws IOException, UnsureException {
    require(JsonToken.START_OBJECT);
    if (value instanceof Reference reference) {
      resource.remember(reference);
    }
    members(value, type, null);
  }

  void require(JsonToken token) throws UnsureException {
    if (json.currentToken() != token) {
      throw new UnsureException();
    }
  }

  private void members(
      IBase target, BaseRuntimeElementDefinition<?> type, @Nullable String resourceType)
      throws IOException, UnsureException {
    ElementTable table = tables.of(type);
    long seen = 0;
    // The primitives of the member before: their siblings follow at once.
    Child before = null;
    List<IPrimitiveType<?>> primitives = List.of();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Member member = table.member(name);
      json.nextToken();
      if (member == null) {
        unknown(name, resourceType);
        continue;
      }
      Child child = member.child();
      if (member.sibling() && child == before) {
        siblings(child, primitives);
        before = null;
        continue;
      }
      if ((seen & child.bit()) != 0) {
        throw new UnsureException();
      }
      seen |= child.bit();
      before = null;
      if (member.sibling()) {
        extensions.sibling(withoutValue(child, target));
      } else if (child.kind() == Child.Kind.PRIMITIVE) {
        primitives = primitives(child, target);
        before = child;
      } else {
        value(child, target);
      }
    }
  }

  private void value(Child child, IBase target) throws IOException, UnsureException {
    switch (child.kind()) {
      case COMPOSITE -> composites(child, target);
      case NARRATIVE -> narrative(child, target);
      case EXTENSION -> extensions.of(target);
      case MODIFIER_EXTENSION -> modifierExtensions(target);
      case CONTAINED -> resource.contained(target, child);
      case RESOURCE -> resource.held(target, child);
      default -> throw new UnsureException();
    }
  }

  private void composites(Child child, IBase target) throws IOException, UnsureException {
    if (!child.repeats()) {
      composite(child.addTo(target), child.type());
      return;
    }
    require(JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      composite(child.addTo(target), child.type());
    }
  }

  private List<IPrimitiveType<?>> primitives(Child child, IBase target)
      throws IOException, UnsureException {
    if (!child.repeats()) {
      return List.of(primitive(child, target));
    }
    require(JsonToken.START_ARRAY);
    List<IPrimitiveType<?>> primitives = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      primitives.add(primitive(child, target));
    }
    return primitives;
  }

  private IPrimitiveType<?> primitive(Child child, IBase target)
      throws IOException, UnsureException {
    if (child.isId()) {
      require(JsonToken.VALUE_STRING);
    }
    IPrimitiveType<?> primitive = (IPrimitiveType<?>) child.addTo(target);
    Scalars.set(json, child, primitive);
    return primitive;
  }

  private static IPrimitiveType<?> withoutValue(Child child, IBase target) throws UnsureException {
    if (child.kind() != Child.Kind.PRIMITIVE || child.repeats()) {
      throw new UnsureException();
    }
    return (IPrimitiveType<?>) child.addTo(target);
  }

  private void siblings(Child child, List<IPrimitiveType<?>> primitives)
      throws IOException, UnsureException {
    if (!child.repeats()) {
      extensions.sibling(primitives.get(0));
      return;
    }
    require(JsonToken.START_ARRAY);
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      if (i >= primitives.size()) {
        throw new UnsureException();
      }
      extensions.sibling(primitives.get(i));
    }
  }

  private void modifierExtensions(IBase target) throws IOException, UnsureException {
    require(JsonToken.START_ARRAY);
    if (!(target instanceof IBaseHasModifierExtensions extended)) {
      throw new UnsureException();
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      extensions.extension((Extension) extended.addModifierExtension());
    }
  }

  /** Twice as HAPI's parser does it: the first reading mends what is no XHTML. */
  private void narrative(Child child, IBase target) throws IOException, UnsureException {
    require(JsonToken.VALUE_STRING);
    IBaseXhtml narrative = (IBaseXhtml) child.addTo(target);
    XhtmlDt mended = new XhtmlDt();
    mended.setValueAsString(json.getText());
    narrative.setValueAsString(mended.getValueAsString());
  }

  /** A scalar that R4 does not know is skipped; what an object holds may still count. */
  private void unknown(String name, @Nullable String resourceType)
      throws IOException, UnsureException {
    if (name.equals("resourceType") && resourceType != null) {
      require(JsonToken.VALUE_STRING);
      if (!json.getText().equals(resourceType)) {
        throw new UnsureException();
      }
    } else if (counts(name) || !json.currentToken().isScalarValue()) {
      throw new UnsureException();
    }
  }

  /** HAPI's parser looks at these wherever they are. */
  private static boolean counts(String name) {
    return name.isEmpty() || name.charAt(0) == '_' || name.endsWith("xtension");
  }
}
