package health.ferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bill of materials; what an import of it brings, the project in consumer/ shows. */
class BomTest {

  private static final Pattern MANAGED =
      Pattern.compile(
          "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
              + "<version>([^<]+)</version>");

  @Test
  void names_every_published_module_in_this_version_and_nothing_else() throws IOException {
    List<String> managed =
        MANAGED
            .matcher(Files.readString(Checkout.ROOT.resolve("sdk-bom/pom.xml")))
            .results()
            .map(found -> found.group(1) + ":" + found.group(2) + ":" + found.group(3))
            .toList();

    assertThat(managed)
        .containsExactlyInAnyOrderElementsOf(
            Checkout.modules(Checkout.PUBLISHED).stream()
                .map(module -> "health.ferry:" + module + ":${project.version}")
                .toList());
  }
}
