package health.ferry.hami.internal.preflight;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import health.ferry.hami.internal.document.JsonElements;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What R4 says of one element under its name in JSON. */
final class ElementDefinition {

  private final BaseRuntimeElementDefinition<?> type;
  private final @Nullable BaseRuntimeChildDefinition element;
  private final boolean repeats;
  private final boolean sibling;

  private ElementDefinition(
      BaseRuntimeElementDefinition<?> type,
      @Nullable BaseRuntimeChildDefinition element,
      boolean repeats,
      boolean sibling) {
    this.type = type;
    this.element = element;
    this.repeats = repeats;
    this.sibling = sibling;
  }

  /** Null when R4 has no such element. */
  static @Nullable ElementDefinition of(
      String name, BaseRuntimeElementCompositeDefinition<?> holder, FhirContext context) {
    if (name.equals("extension") || name.equals("modifierExtension")) {
      return extension(context);
    }
    boolean sibling = name.startsWith("_");
    String elementName = sibling ? name.substring(1) : name;
    return JsonElements.named(elementName, holder)
        .flatMap(
            element ->
                Optional.ofNullable(element.getChildByName(elementName))
                    .map(
                        type ->
                            new ElementDefinition(type, element, element.getMax() != 1, sibling)))
        .filter(found -> !sibling || found.holdsText())
        .orElse(null);
  }

  static ElementDefinition extension(FhirContext context) {
    return new ElementDefinition(
        Objects.requireNonNull(context.getElementDefinition("Extension")), null, true, false);
  }

  boolean repeats() {
    return repeats;
  }

  /** Whether its values are JSON's strings, numbers or booleans. */
  boolean isPrimitive() {
    return !sibling && holdsText();
  }

  boolean isResource() {
    return switch (type.getChildType()) {
      case RESOURCE, CONTAINED_RESOURCES, CONTAINED_RESOURCE_LIST -> true;
      default -> false;
    };
  }

  /** Whether it has what belongs to a primitive beside its value: {@code _birthDate}. */
  boolean isSibling() {
    return sibling;
  }

  /** In arrays of primitives null keeps the places of values, and of what belongs to them. */
  boolean mayBeNullInArrays() {
    return holdsText();
  }

  private boolean holdsText() {
    return members().isEmpty() && !isResource();
  }

  /** The type of its values, such as {@code dateTime}. */
  String typeName() {
    return type.getName();
  }

  /** The codes that it may have, when R4 gives a closed list of them. */
  Optional<RuntimeChildPrimitiveEnumerationDatatypeDefinition> codes() {
    return element instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition codes
        ? Optional.of(codes)
        : Optional.empty();
  }

  BaseRuntimeElementDefinition<?> type() {
    return type;
  }

  /** The type of an object's members; empty when its values are no objects. */
  Optional<BaseRuntimeElementCompositeDefinition<?>> members() {
    return type instanceof BaseRuntimeElementCompositeDefinition<?> composite
        ? Optional.of(composite)
        : Optional.empty();
  }
}
