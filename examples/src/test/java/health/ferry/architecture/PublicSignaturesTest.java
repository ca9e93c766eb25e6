package health.ferry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static health.ferry.architecture.PublicFace.IS_PUBLIC;
import static health.ferry.architecture.PublicFace.exposeOnly;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a caller's code must name to use Ferry. */
class PublicSignaturesTest {

  /** Where a caller brings something of another library along, and what. */
  private static final Map<String, Set<String>> NAMED_EXCEPTIONS =
      Map.of(
          "health.ferry.core.TransportOptions",
          Set.of("okhttp3.OkHttpClient"),
          "health.ferry.core.TransportOptions$Builder",
          Set.of("okhttp3.OkHttpClient"),
          "health.ferry.core.ResilienceRegistries",
          Set.of(
              "io.github.resilience4j.retry.RetryRegistry",
              "io.github.resilience4j.ratelimiter.RateLimiterRegistry"),
          "health.ferry.fhir.FhirR4",
          Set.of("ca.uhn.fhir.context.FhirContext"));

  private static final JavaClasses LIBRARIES = Checkout.classes(Checkout.LIBRARIES);
  private static final JavaClasses TESTKIT = Checkout.classes("sdk-testkit"::equals);

  @Test
  void use_the_jdk_and_ferrys_own_types_except_where_named() {
    classes()
        .that(IS_PUBLIC)
        .should(
            exposeOnly(
                "the JDK's, JSpecify's and Ferry's own types, and R4 models",
                (owner, exposed) ->
                    isOfTheJdk(exposed)
                        || isOfFerry(exposed)
                        || exposed.getPackageName().equals("org.jspecify.annotations")
                        || isModel(owner, exposed)
                        || isNamed(owner, exposed)))
        .check(LIBRARIES);
  }

  @Test
  void of_the_testkit_use_the_jdk_and_in_extensions_junit() {
    classes()
        .that(IS_PUBLIC)
        .should(
            exposeOnly(
                "the JDK's and the testkit's own types",
                (owner, exposed) ->
                    isOfTheJdk(exposed)
                        || isOfFerry(exposed)
                        || (owner.getSimpleName().endsWith("Extension")
                            && exposed.getPackageName().startsWith("org.junit.jupiter.api"))))
        .check(TESTKIT);
  }

  @Test
  void show_nothing_internal_and_nothing_that_is_not_public() {
    for (JavaClasses module : Set.of(LIBRARIES, TESTKIT)) {
      classes()
          .that(IS_PUBLIC)
          .should(
              exposeOnly(
                  "public types",
                  (owner, exposed) -> !isOfFerry(exposed) || IS_PUBLIC.test(exposed)))
          .check(module);
    }
  }

  @Test
  void have_optional_only_as_a_return_type() {
    noMethods()
        .that()
        .areDeclaredInClassesThat(IS_PUBLIC)
        .should()
        .haveRawParameterTypes(HOLD_AN_OPTIONAL)
        .check(LIBRARIES);
    noFields()
        .that()
        .areDeclaredInClassesThat(IS_PUBLIC)
        .should()
        .haveRawType(Optional.class)
        .check(LIBRARIES);
  }

  @Test
  void throw_exceptions_of_one_tree() {
    classes()
        .that(IS_PUBLIC)
        .and()
        .areAssignableTo(Throwable.class)
        .should()
        .beAssignableTo("health.ferry.core.FerryException")
        .check(LIBRARIES);
  }

  private static final DescribedPredicate<List<JavaClass>> HOLD_AN_OPTIONAL =
      DescribedPredicate.describe(
          "that hold an Optional",
          types -> types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class)));

  private static boolean isOfTheJdk(JavaClass type) {
    return type.isPrimitive()
        || type.getPackageName().startsWith("java.")
        || type.getPackageName().startsWith("javax.");
  }

  private static boolean isOfFerry(JavaClass type) {
    return type.getPackageName().startsWith("health.ferry.");
  }

  private static boolean isModel(JavaClass owner, JavaClass exposed) {
    return exposed.getPackageName().equals("org.hl7.fhir.r4.model")
        && !owner.getPackageName().startsWith("health.ferry.core");
  }

  private static boolean isNamed(JavaClass owner, JavaClass exposed) {
    return NAMED_EXCEPTIONS.getOrDefault(owner.getName(), Set.of()).contains(exposed.getName());
  }
}
