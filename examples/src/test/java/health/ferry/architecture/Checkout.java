package health.ferry.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** This checkout: its modules, their sources, and the classes that the build made of them. */
final class Checkout {

  static final Path ROOT =
      Path.of(System.getProperty("basedir", ".")).resolve("..").toAbsolutePath().normalize();

  /** What a user's code runs with. */
  static final Predicate<String> LIBRARIES =
      module -> module.startsWith("sdk-") && !module.equals("sdk-testkit");

  static final Predicate<String> PUBLISHED = module -> module.startsWith("sdk-");

  static final Predicate<String> EVERY_MODULE = module -> true;

  private static final JavaClasses CLASSES = importClasses();

  private Checkout() {}

  /** The modules with sources of their own, by name. */
  static List<String> modules(Predicate<String> which) {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
          .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
          .map(folder -> folder.getFileName().toString())
          .filter(which)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The main classes of some modules. */
  static JavaClasses classes(Predicate<String> which) {
    return CLASSES.that(
        DescribedPredicate.describe("of some modules", type -> which.test(moduleOf(type))));
  }

  /** Every Java file, tests included. */
  static List<Path> sources() {
    return files(path -> path.toString().endsWith(".java"));
  }

  static List<Path> poms() {
    return files(path -> path.endsWith("pom.xml"));
  }

  /** A module that comes later in the build than this one has no classes yet. */
  private static JavaClasses importClasses() {
    List<Path> folders =
        modules(EVERY_MODULE).stream().map(Checkout::output).filter(Files::isDirectory).toList();
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("jmh_generated"))
        .importPaths(folders);
  }

  private static Path output(String module) {
    return ROOT.resolve(module).resolve("target").resolve("classes");
  }

  private static String moduleOf(JavaClass type) {
    Path file = Path.of(type.getSource().orElseThrow().getUri());
    return ROOT.relativize(file).getName(0).toString();
  }

  private static List<Path> files(Predicate<Path> which) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(path -> !ROOT.relativize(path).toString().contains("target/"))
          .filter(Files::isRegularFile)
          .filter(which)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
