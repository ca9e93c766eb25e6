package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.PartnerSandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippet does what the README says. */
@ExtendWith(PartnerSandboxExtension.class)
class BulkExportExampleTest {

  @TempDir Path folder;

  @Test
  void exports_a_group_and_reads_it(BulkFhirPartner server) {
    BulkExportExample.export(
        server.baseUrl(), Secret.of(server.staticToken()), server.groupId(), folder.resolve("out"));

    assertThat(folder.resolve("out/Patient-1.ndjson")).isRegularFile();
    assertThat(folder.resolve("out/Observation-1.ndjson")).isRegularFile();
    assertThat(folder.resolve("out/Condition-1.ndjson")).doesNotExist();
    assertThat(server.lastJob().isDeleted()).isTrue();
  }
}
