package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tables of the types that were met so far. Thread-safe. */
final class ElementTables {

  private final ElementTable extensionValues;
  private final Map<BaseRuntimeElementDefinition<?>, ElementTable> tables =
      new ConcurrentHashMap<>();

  ElementTables(FhirContext context) {
    this.extensionValues =
        ElementTable.ofExtension(context.getRuntimeChildUndeclaredExtensionDefinition());
  }

  ElementTable extensionValues() {
    return extensionValues;
  }

  ElementTable of(BaseRuntimeElementDefinition<?> type) throws UnsureException {
    ElementTable known = tables.get(type);
    if (known != null) {
      return known;
    }
    if (!isStandard(type)
        || !(type instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
      throw new UnsureException();
    }
    ElementTable table = ElementTable.of(composite);
    tables.put(type, table);
    return table;
  }

  /**
   * Models of an application's own may hold extensions in fields, which only HAPI's parser fills.
   */
  static boolean isStandard(BaseRuntimeElementDefinition<?> type) {
    return type.getImplementingClass().getName().startsWith("org.hl7.fhir.");
  }
}
