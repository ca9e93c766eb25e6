package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.RuntimeChildUndeclaredExtensionDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of one type by their names in JSON. Immutable. */
final class ElementTable {

  /** The bits of a long; the largest type of R4 has 54 elements. */
  private static final int MOST_ELEMENTS = Long.SIZE;

  private final Map<String, Member> members = new HashMap<>();

  private ElementTable() {}

  static ElementTable of(BaseRuntimeElementCompositeDefinition<?> type) throws UnsureException {
    List<BaseRuntimeChildDefinition> elements = type.getChildren();
    if (elements.size() > MOST_ELEMENTS) {
      throw new UnsureException();
    }
    ElementTable table = new ElementTable();
    for (int i = 0; i < elements.size(); i++) {
      BaseRuntimeChildDefinition element = elements.get(i);
      for (String name : element.getValidChildNames()) {
        // Two elements may claim a name; HAPI's parser asks the type who has it.
        if (type.getChildByName(name) == element) {
          table.add(name, element, i);
        }
      }
    }
    return table;
  }

  /** The types that the value of any extension may have. */
  static ElementTable ofExtension(RuntimeChildUndeclaredExtensionDefinition value) {
    ElementTable table = new ElementTable();
    value.getValidChildNames().forEach(name -> table.add(name, value, 0));
    return table;
  }

  private void add(String name, BaseRuntimeChildDefinition element, int number) {
    Child child = Child.of(element, name, number);
    members.put(name, new Member(child, false));
    members.put("_" + name, new Member(child, true));
  }

  @Nullable Member member(String name) {
    return members.get(name);
  }
}
