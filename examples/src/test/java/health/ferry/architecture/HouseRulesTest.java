package health.ferry.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every class and file of the house is kept. */
class HouseRulesTest {

  private static final int LONGEST_FILE = 600;

  private static final DescribedPredicate<JavaClass> CLOSED =
      DescribedPredicate.describe(
          "final, sealed or abstract",
          type ->
              type.isInterface()
                  || type.isEnum()
                  || type.isAnonymousClass()
                  || type.getModifiers().contains(JavaModifier.FINAL)
                  || type.getModifiers().contains(JavaModifier.ABSTRACT)
                  || type.reflect().isSealed());

  private static final JavaClasses LIBRARIES = Checkout.classes(Checkout.LIBRARIES);
  private static final JavaClasses PUBLISHED = Checkout.classes(Checkout.PUBLISHED);

  @Test
  void classes_are_final_sealed_or_abstract() {
    classes().should(be(CLOSED)).check(PUBLISHED);
  }

  @Test
  void the_library_writes_nothing_to_the_standard_streams() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(LIBRARIES);
  }

  @Test
  void nobody_prints_a_stack_trace() {
    noClasses()
        .should()
        .callMethod(Throwable.class, "printStackTrace")
        .check(Checkout.classes(Checkout.EVERY_MODULE));
  }

  @Test
  void names_are_ideas_and_not_drawers() {
    assertThat(Checkout.sources())
        .hasSizeGreaterThan(200)
        .extracting(path -> path.getFileName().toString())
        .noneMatch(name -> name.matches(".*(Utils?|Helpers?|Manager)(Test)?\\.java"));
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager)")
        .check(Checkout.classes(Checkout.EVERY_MODULE));
  }

  @Test
  void no_file_is_longer_than_600_lines() throws IOException {
    Map<Path, Integer> tooLong = new TreeMap<>();
    for (Path source : Checkout.sources()) {
      int lines = Files.readAllLines(source).size();
      if (lines > LONGEST_FILE) {
        tooLong.put(Checkout.ROOT.relativize(source), lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mockito", "easymock", "jmock", "powermock", "mockk", "spock"})
  void no_module_asks_for_a_mocking_framework(String framework) throws IOException {
    List<Path> poms = Checkout.poms();
    assertThat(poms).hasSizeGreaterThan(6);
    for (Path pom : poms) {
      assertThat(Files.readString(pom)).doesNotContainIgnoringCase(framework);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.mockito.Mockito",
        "org.easymock.EasyMock",
        "mockit.Mocked",
        "org.powermock.api.mockito.PowerMockito",
        "io.mockk.MockK"
      })
  void no_mocking_framework_comes_along_on_the_class_path(String type) {
    String resource = type.replace('.', '/') + ".class";
    assertThat(getClass().getClassLoader().getResource(resource)).isNull();
  }
}
