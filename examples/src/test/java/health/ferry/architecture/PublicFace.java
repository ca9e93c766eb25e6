package health.ferry.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Which types a caller can see, and which of others they show him. */
final class PublicFace {

  /** Public, inside of public types only, and not internal. */
  static final DescribedPredicate<JavaClass> IS_PUBLIC =
      DescribedPredicate.describe(
          "are part of the promise",
          type ->
              !type.getPackageName().matches("health\\.ferry\\.\\w+\\.internal(\\..*)?")
                  && isPublicOutside(type));

  private PublicFace() {}

  private static boolean isPublicOutside(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(PublicFace::isPublicOutside).orElse(true);
  }

  /** Looks at supertypes, and at the types of public and protected members, generics included. */
  static ArchCondition<JavaClass> exposeOnly(
      String what, BiPredicate<JavaClass, JavaClass> allowed) {
    return new ArchCondition<>("expose only " + what) {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        exposedBy(owner)
            .forEach(
                (place, types) ->
                    types.stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !allowed.test(owner, type))
                        .map(type -> place + " shows " + type.getName())
                        .distinct()
                        .forEach(line -> events.add(SimpleConditionEvent.violated(owner, line))));
      }
    };
  }

  private static Map<String, List<JavaType>> exposedBy(JavaClass owner) {
    Map<String, List<JavaType>> exposed = new TreeMap<>();
    exposed.put(owner.getName(), supertypes(owner));
    for (JavaMember member : owner.getMembers()) {
      if (isVisible(member)) {
        exposed.put(member.getFullName(), typesOf(member));
      }
    }
    return exposed;
  }

  private static List<JavaType> supertypes(JavaClass owner) {
    return Stream.of(
            owner.getSuperclass().stream(),
            owner.getInterfaces().stream(),
            owner.getTypeParameters().stream())
        .<JavaType>flatMap(types -> types)
        .toList();
  }

  private static boolean isVisible(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !modifiers.contains(JavaModifier.BRIDGE);
  }

  private static List<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return List.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    List<JavaType> types = new ArrayList<>(code.getParameterTypes());
    types.add(code.getReturnType());
    types.addAll(code.getTypeParameters());
    types.addAll(code.getExceptionTypes());
    return types;
  }
}
