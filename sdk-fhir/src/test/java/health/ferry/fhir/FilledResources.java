package health.ferry.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Resources with a value in every element that R4 gives them, three levels deep. */
final class FilledResources {

  private static final int DEPTH = 3;

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("boolean", "true"),
          Map.entry("integer", "-7"),
          Map.entry("positiveInt", "1"),
          Map.entry("unsignedInt", "0"),
          Map.entry("decimal", "1.50"),
          Map.entry("date", "2026-01-02"),
          Map.entry("dateTime", "2026-01-02T03:04:05+01:00"),
          Map.entry("instant", "2026-01-02T03:04:05.678Z"),
          Map.entry("time", "12:30:00"),
          Map.entry("base64Binary", "AQID"),
          Map.entry("uri", "http://example.org/a"),
          Map.entry("url", "http://example.org/b"),
          Map.entry("canonical", "http://example.org/c|1"),
          Map.entry("oid", "urn:oid:1.2.3"),
          Map.entry("uuid", "urn:uuid:3f8c1f0e-1111-4222-8333-944445555666"));

  private FilledResources() {}

  static Resource of(FhirContext context, String resourceType) {
    Resource resource = (Resource) context.getResourceDefinition(resourceType).newInstance();
    fill(context, resource, DEPTH);
    resource.setId("example");
    if (resource instanceof DomainResource domain) {
      Organization contained = new Organization();
      contained.setId("org");
      contained.setName("Größe \"quoted\" \\ 漢字 🏥");
      domain.addContained(contained);
      domain.addExtension("http://example.org/contained", new Reference("#org"));
      domain.addExtension("http://example.org/versioned", new Reference("Patient/1/_history/2"));
      domain.getText().setStatus(Narrative.NarrativeStatus.GENERATED);
      domain
          .getText()
          .setDivAsString(
              "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a &lt; b &amp; c</p><table><tr/></table></div>");
    }
    return resource;
  }

  /** A datatype with values, such as one of those that an extension may hold. */
  static Type datatype(FhirContext context, String name) {
    BaseRuntimeElementDefinition<?> definition = context.getElementDefinition(name);
    Type value = (Type) definition.newInstance();
    fillValue(context, definition, value, DEPTH);
    return value;
  }

  private static void fill(FhirContext context, IBase target, int depth) {
    var definition =
        (BaseRuntimeElementCompositeDefinition<?>) context.getElementDefinition(target.getClass());
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      String name = child.getElementName();
      if (name.equals("id")
          || name.equals("contained")
          || name.equals("extension")
          || name.endsWith("xtension")) {
        continue; // given by hand, with references that fit; an id takes no extension
      }
      IBase value = value(context, child, depth);
      if (value != null && !value.isEmpty()) {
        child.getMutator().addValue(target, value);
      }
    }
  }

  private static @Nullable IBase value(
      FhirContext context, BaseRuntimeChildDefinition child, int depth) {
    String name =
        child.getValidChildNames().stream()
            .sorted()
            .filter(each -> child.getChildByName(each) != null)
            .findFirst()
            .orElseThrow();
    BaseRuntimeElementDefinition<?> definition = child.getChildByName(name);
    if (definition.getImplementingClass().isInterface() || isResource(definition)) {
      return new Organization().setName("A resource within").setId("Organization/within");
    }
    IBase value = definition.newInstance(child.getInstanceConstructorArguments());
    if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound) {
      ((IPrimitiveType<?>) value).setValueAsString(firstCode(bound.getBoundEnumType()));
    } else {
      fillValue(context, definition, value, depth);
    }
    return value;
  }

  private static boolean isResource(BaseRuntimeElementDefinition<?> definition) {
    return Resource.class.isAssignableFrom(definition.getImplementingClass());
  }

  private static void fillValue(
      FhirContext context, BaseRuntimeElementDefinition<?> definition, IBase value, int depth) {
    if (value instanceof Narrative) {
      return;
    }
    if (value instanceof Reference reference) {
      reference.setReference("Patient/1").setDisplay("Someone");
    } else if (value instanceof IPrimitiveType<?> primitive) {
      primitive.setValueAsString(VALUES.getOrDefault(definition.getName(), "text"));
      if (primitive instanceof StringType text) {
        text.addExtension("http://example.org/of-a-primitive", new StringType("x"));
      }
    } else if (depth > 0) {
      fill(context, value, depth - 1);
    }
  }

  private static String firstCode(Class<? extends Enum<?>> codes) {
    try {
      return (String) codes.getMethod("toCode").invoke(codes.getEnumConstants()[0]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
