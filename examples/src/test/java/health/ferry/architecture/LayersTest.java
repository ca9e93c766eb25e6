package health.ferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Arrows run one way: examples, vendor modules, sdk-fhir, sdk-core. */
class LayersTest {

  private static final String CORE = "health.ferry.core..";
  private static final String FHIR = "health.ferry.fhir..";
  private static final String TESTKIT = "health.ferry.testkit..";

  private static final JavaClasses FERRY = Checkout.classes(Checkout.EVERY_MODULE);

  @Test
  void the_core_knows_no_other_module() {
    knowsOnly(CORE);
  }

  @Test
  void the_fhir_module_knows_the_core_alone() {
    knowsOnly(FHIR, CORE);
  }

  @Test
  void a_vendor_module_knows_core_and_fhir_and_no_other_vendor() {
    List<String> vendors = vendors();
    assertThat(vendors).contains("sdk-bulkfhir");
    vendors.forEach(vendor -> knowsOnly(packagesOf(vendor), FHIR, CORE));
  }

  @Test
  void the_testkit_knows_no_other_module() {
    knowsOnly(TESTKIT);
  }

  @Test
  void examples_use_what_is_promised_and_nothing_internal() {
    noClasses()
        .that()
        .resideInAPackage("health.ferry.examples..")
        .should()
        .dependOnClassesThat(resideInAPackage("health.ferry.*.internal.."))
        .check(FERRY);
  }

  @Test
  void no_package_is_split_over_two_modules() {
    Map<String, Set<String>> modulesByPackage = new HashMap<>();
    for (String module : Checkout.modules(Checkout.EVERY_MODULE)) {
      Checkout.classes(module::equals).stream()
          .map(found -> found.getPackageName())
          .forEach(
              name -> modulesByPackage.computeIfAbsent(name, key -> new HashSet<>()).add(module));
    }
    assertThat(modulesByPackage).hasSizeGreaterThan(10);
    assertThat(modulesByPackage).allSatisfy((name, modules) -> assertThat(modules).hasSize(1));
  }

  @Test
  void a_module_holds_the_packages_that_its_name_says() {
    for (String module : Checkout.modules(Checkout.EVERY_MODULE)) {
      classes()
          .should()
          .resideInAPackage(packagesOf(module))
          .because(module + " is where they lie")
          // The benchmarks are built last.
          .allowEmptyShould(!Checkout.PUBLISHED.test(module))
          .check(Checkout.classes(module::equals));
    }
  }

  @Test
  void every_package_says_that_nothing_in_it_is_null_unless_marked() {
    Set<String> unmarked = new HashSet<>();
    FERRY.stream()
        .map(found -> found.getPackage())
        .filter(found -> !found.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
        .map(JavaPackage::getName)
        .forEach(unmarked::add);
    assertThat(unmarked).isEmpty();
  }

  private static void knowsOnly(String... packages) {
    classes()
        .that()
        .resideInAPackage(packages[0])
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("health.ferry..")).or(resideInAnyPackage(packages)))
        .check(FERRY);
  }

  private static List<String> vendors() {
    return Checkout.modules(
        Checkout.LIBRARIES.and(module -> !List.of("sdk-core", "sdk-fhir").contains(module)));
  }

  private static String packagesOf(String module) {
    return "health.ferry." + module.replaceFirst("^sdk-", "") + "..";
  }
}
