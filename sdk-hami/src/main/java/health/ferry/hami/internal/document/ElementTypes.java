package health.ferry.hami.internal.document;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition.ChildTypeEnum;
import ca.uhn.fhir.context.FhirContext;
import health.ferry.fhir.ResourceTypes;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What R4 says of a type's elements: the type of each, by its name in JSON. Thread-safe. */
final class ElementTypes {

  /** Of something that R4 does not know; nothing is known of what it holds either. */
  static final ElementTypes UNKNOWN = new ElementTypes(null, "", null, false);

  private static final Set<ChildTypeEnum> RESOURCES =
      EnumSet.of(
          ChildTypeEnum.RESOURCE,
          ChildTypeEnum.CONTAINED_RESOURCES,
          ChildTypeEnum.CONTAINED_RESOURCE_LIST);

  /** Definitions are as good as constants, and each resource that is read asks for them. */
  private static volatile Resources latest = new Resources(null, Map.of());

  private final @Nullable FhirContext context;
  private final String name;
  private final @Nullable BaseRuntimeElementCompositeDefinition<?> composite;
  private final boolean resource;
  private final Map<String, ElementTypes> elements = new ConcurrentHashMap<>();

  private ElementTypes(
      @Nullable FhirContext context,
      String name,
      @Nullable BaseRuntimeElementCompositeDefinition<?> composite,
      boolean resource) {
    this.context = context;
    this.name = name;
    this.composite = composite;
    this.resource = resource;
  }

  /** The elements of a resource type. */
  static ElementTypes ofResource(FhirContext context, String resourceType) {
    Resources resources = latest;
    if (resources.context() != context) {
      resources = new Resources(context, new ConcurrentHashMap<>());
      latest = resources;
    }
    ElementTypes known = resources.types().get(resourceType);
    if (known != null || !ResourceTypes.isKnown(resourceType)) {
      return known == null ? UNKNOWN : known;
    }
    ElementTypes found = of(context, context.getResourceDefinition(resourceType));
    resources.types().put(resourceType, found);
    return found;
  }

  /** The resource types of one context, of which an application has one. */
  private record Resources(@Nullable FhirContext context, Map<String, ElementTypes> types) {}

  private static ElementTypes of(FhirContext context, BaseRuntimeElementDefinition<?> definition) {
    return new ElementTypes(
        context,
        definition.getName(),
        definition instanceof BaseRuntimeElementCompositeDefinition<?> composite ? composite : null,
        RESOURCES.contains(definition.getChildType()));
  }

  /** The type's name, such as {@code dateTime}; empty when it is not known. */
  String name() {
    return name;
  }

  boolean isReference() {
    return name.equals("Reference") || this == UNKNOWN;
  }

  /** Whether a resource of any type stands here, as in {@code Bundle.entry.resource}. */
  boolean isResource() {
    return resource;
  }

  boolean isDate() {
    return name.equals("dateTime") || name.equals("instant") || name.equals("date");
  }

  /** The type of an element by its name in JSON, such as {@code effectiveDateTime}. */
  ElementTypes element(String jsonName) {
    ElementTypes known = elements.get(jsonName);
    if (known == null) {
      known = find(jsonName);
      if (known != UNKNOWN) {
        elements.put(jsonName, known);
      }
    }
    return known;
  }

  private ElementTypes find(String jsonName) {
    if (context == null) {
      return UNKNOWN;
    }
    if (jsonName.equals("extension") || jsonName.equals("modifierExtension")) {
      return extension(context);
    }
    if (jsonName.startsWith("_")) {
      // What a primitive has besides its value: an id and extensions.
      return new ElementTypes(context, "Element", null, false);
    }
    return Optional.ofNullable(composite)
        .flatMap(type -> JsonElements.named(jsonName, type))
        .map(child -> child.getChildByName(jsonName))
        .map(definition -> of(context, definition))
        .orElse(UNKNOWN);
  }

  private static ElementTypes extension(FhirContext context) {
    return Optional.ofNullable(context.getElementDefinition("Extension"))
        .map(definition -> of(context, definition))
        .orElse(UNKNOWN);
  }
}
