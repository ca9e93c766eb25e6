package health.ferry.fhir.internal.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseDatatype;
import org.hl7.fhir.instance.model.api.IBaseElement;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Extensions, and what else stands beside the value of a primitive. */
final class ExtensionDecoding {

  private final ElementTable values;
  private final JsonParser json;
  private final ElementDecoding elements;

  ExtensionDecoding(ElementTable values, JsonParser json, ElementDecoding elements) {
    this.values = values;
    this.json = json;
    this.elements = elements;
  }

  /** The extensions of an element, from the start of their array to its end. */
  void of(IBase target) throws IOException, UnsureException {
    elements.require(JsonToken.START_ARRAY);
    if (!(target instanceof IBaseHasExtensions extended)) {
      throw new UnsureException();
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      extension((Extension) extended.addExtension());
    }
  }

  /** The object beside a primitive, from its start to its end. */
  void sibling(IPrimitiveType<?> primitive) throws IOException, UnsureException {
    elements.require(JsonToken.START_OBJECT);
    boolean hasId = false;
    boolean hasExtensions = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("id") && !hasId) {
        elements.require(JsonToken.VALUE_STRING);
        ((IBaseElement) primitive).setId(json.getText());
        hasId = true;
      } else if (name.equals("extension") && !hasExtensions) {
        of(primitive);
        hasExtensions = true;
      } else {
        throw new UnsureException();
      }
    }
  }

  /** One extension from the start of its object to its end. */
  void extension(Extension extension) throws IOException, UnsureException {
    elements.require(JsonToken.START_OBJECT);
    boolean hasUrl = false;
    boolean hasId = false;
    boolean hasExtensions = false;
    Child valued = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("url") && !hasUrl) {
        elements.require(JsonToken.VALUE_STRING);
        extension.setUrl(json.getText());
        hasUrl = true;
      } else if (name.equals("id") && !hasId) {
        elements.require(JsonToken.VALUE_STRING);
        extension.setId(json.getText());
        hasId = true;
      } else if (name.equals("extension") && !hasExtensions) {
        of(extension);
        hasExtensions = true;
      } else {
        valued = value(extension, values.member(name), valued);
      }
    }
    if (!hasUrl || (extension.getValue() != null && !extension.getExtension().isEmpty())) {
      throw new UnsureException();
    }
  }

  /** The value, or what stands beside it when it was read before; gives what it was. */
  private Child value(Extension extension, @Nullable Member member, @Nullable Child before)
      throws IOException, UnsureException {
    if (member == null) {
      throw new UnsureException();
    }
    Child child = member.child();
    if (before == null) {
      firstValue(extension, member);
    } else if (member.sibling() && child == before && isBare(extension.getValue())) {
      sibling((IPrimitiveType<?>) extension.getValue());
    } else {
      throw new UnsureException();
    }
    return child;
  }

  private void firstValue(Extension extension, Member member) throws IOException, UnsureException {
    Child child = member.child();
    IBase value = child.type().newInstance();
    extension.setValue((IBaseDatatype) value);
    if (child.kind() == Child.Kind.COMPOSITE && !member.sibling()) {
      elements.composite(value, child.type());
    } else if (child.kind() == Child.Kind.PRIMITIVE) {
      IPrimitiveType<?> primitive = (IPrimitiveType<?>) value;
      if (member.sibling()) {
        sibling(primitive);
      } else {
        Scalars.set(json, child, primitive);
      }
    } else {
      throw new UnsureException();
    }
  }

  /** Whether nothing stands beside a primitive's value yet. */
  private static boolean isBare(Type value) {
    return value instanceof IPrimitiveType<?> && !value.hasExtension() && !value.hasId();
  }
}
