package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildExtension;
import org.hl7.fhir.instance.model.api.IBase;
import org.jspecify.annotations.Nullable;

/**
 * One element of a type under one of its names: {@code value[x]} is a child for each of its types.
 * Adds to the model as HAPI's parser does, by the same definitions.
 */
final class Child {

  /** How the JSON of an element is read. */
  enum Kind {
    PRIMITIVE,
    COMPOSITE,
    NARRATIVE,
    EXTENSION,
    MODIFIER_EXTENSION,
    CONTAINED,
    RESOURCE,
    /** Whatever is left to HAPI's parser. */
    OTHER
  }

  private final BaseRuntimeChildDefinition element;
  private final BaseRuntimeElementDefinition<?> type;
  private final @Nullable Object argument;
  private final Kind kind;
  private final int number;
  private final boolean repeats;
  private final boolean decimal;
  private final boolean id;

  private Child(
      BaseRuntimeChildDefinition element,
      BaseRuntimeElementDefinition<?> type,
      Kind kind,
      int number) {
    this.element = element;
    this.type = type;
    this.argument = element.getInstanceConstructorArguments();
    this.kind = kind;
    this.number = number;
    this.repeats = element.getMax() != 0 && element.getMax() != 1;
    this.decimal = type.getName().equals("decimal");
    this.id = element.getElementName().equals("id");
  }

  /**
   * An element under one of its names.
   *
   * @param number of the element within its type, the same for all types of a choice
   */
  static Child of(BaseRuntimeChildDefinition element, String name, int number) {
    if (element instanceof RuntimeChildExtension) {
      Kind kind = name.equals("extension") ? Kind.EXTENSION : Kind.MODIFIER_EXTENSION;
      // A definition of any type, which gives the one it has under this name.
      return new Child(element, element.getChildByName(name + "Extension"), kind, number);
    }
    BaseRuntimeElementDefinition<?> type = element.getChildByName(name);
    return new Child(element, type, kind(type), number);
  }

  private static Kind kind(BaseRuntimeElementDefinition<?> type) {
    if (!ElementTables.isStandard(type)) {
      return Kind.OTHER;
    }
    return switch (type.getChildType()) {
      case PRIMITIVE_DATATYPE, ID_DATATYPE -> Kind.PRIMITIVE;
      case COMPOSITE_DATATYPE, RESOURCE_BLOCK -> Kind.COMPOSITE;
      case PRIMITIVE_XHTML_HL7ORG -> Kind.NARRATIVE;
      case CONTAINED_RESOURCE_LIST -> Kind.CONTAINED;
      case RESOURCE -> Kind.RESOURCE;
      default -> Kind.OTHER;
    };
  }

  Kind kind() {
    return kind;
  }

  /** The type of its values. */
  BaseRuntimeElementDefinition<?> type() {
    return type;
  }

  /** The element's bit in a set of elements. */
  long bit() {
    return 1L << number;
  }

  boolean repeats() {
    return repeats;
  }

  boolean isDecimal() {
    return decimal;
  }

  boolean isId() {
    return id;
  }

  /** A new value, added to what it belongs to. */
  IBase addTo(IBase target) {
    IBase value = type.newInstance(argument);
    add(target, value);
    return value;
  }

  void add(IBase target, IBase value) {
    element.getMutator().addValue(target, value);
  }
}
