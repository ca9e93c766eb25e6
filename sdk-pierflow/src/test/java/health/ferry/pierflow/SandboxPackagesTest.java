package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import health.ferry.core.NotFoundException;
import health.ferry.core.Secret;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowDownload;
import health.ferry.testkit.PierflowForm;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPartner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists and downloads real packages from a server that behaves as each generation does. */
class SandboxPackagesTest {

  @TempDir Path folder;

  private final VirtualTime time = new VirtualTime();
  private final PartnerSandbox sandbox = PartnerSandbox.start();
  private final PierflowPartner partner = sandbox.pierflow();
  private PierflowClient client;

  @BeforeEach
  void connect() {
    client =
        PierflowClient.builder(partner.baseUrl(), Secret.of(partner.apiKey()))
            .time(time, () -> 0.5)
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private ImportPackage only() {
    List<ImportPackage> packages = client.listPackages(partner.organizationId());
    assertThat(packages).hasSize(1);
    return packages.get(0);
  }

  static Stream<Arguments> generations() {
    return Stream.of(PierflowDownload.values())
        .flatMap(
            way ->
                Stream.of(PierflowForm.values())
                    .flatMap(
                        form ->
                            Stream.of(true, false)
                                .map(version -> Arguments.of(way, form, version))));
  }

  @ParameterizedTest
  @MethodSource("generations")
  void a_package_comes_whole_from_every_generation(
      PierflowDownload way, PierflowForm form, boolean versionInUrl) throws IOException {
    partner.options(
        PierflowOptions.defaults().download(way).lists(form).versionInDownloadUrl(versionInUrl));
    ImportPackage pkg = only();

    Path zip = client.download(pkg, folder);

    assertThat(zip).isEqualTo(folder.resolve(pkg.id() + ".zip"));
    assertThat(PackageServers.sha256(Files.readAllBytes(zip)))
        .isEqualTo(pkg.checksumSha256().orElseThrow());
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      assertThat(archive.getEntry("manifest.json")).isNotNull();
    }
    assertThat(partner.fileRequests()).hasSize(way == PierflowDownload.ZIP ? 0 : 1);
    assertThat(partner.fileRequests())
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
    assertThat(partner.requests())
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization")).contains("Bearer " + partner.apiKey()));
    assertThat(partner.importPackage(pkg.id()).patientIds())
        .hasSize(pkg.patientCount().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("generations")
  void lists_differ_in_form_and_not_in_what_they_tell(
      PierflowDownload way, PierflowForm form, boolean versionInUrl) {
    partner.options(
        PierflowOptions.defaults().download(way).lists(form).versionInDownloadUrl(versionInUrl));

    ImportPackage pkg = only();

    assertThat(pkg.status()).isEqualTo(PackageStatus.READY);
    assertThat(pkg.organizationId().isPresent()).isEqualTo(form == PierflowForm.DOCUMENTED);
    assertThat(pkg.fileSizeBytes().isPresent()).isEqualTo(form == PierflowForm.DEPLOYED);
    assertThat(Duration.between(pkg.createdAt().orElseThrow(), pkg.expiresAt().orElseThrow()))
        .isBetween(Duration.ofDays(7).minusSeconds(1), Duration.ofDays(7).plusSeconds(1));
    assertThat(client.listPackages(partner.organizationId(), PackageStatus.ALL)).hasSize(1);
    assertThat(client.listPackages(partner.organizationId(), PackageStatus.ACKNOWLEDGED)).isEmpty();
  }

  @Test
  void a_package_near_its_end_says_so_and_an_expired_one_is_not_to_be_had() {
    ImportPackage pkg = only();
    Instant end = pkg.expiresAt().orElseThrow();
    time.setTo(end.minus(Duration.ofHours(25)));
    assertThat(only().isExpiringSoon()).isFalse();
    time.setTo(end.minus(Duration.ofHours(23)));
    assertThat(only().isExpiringSoon()).isTrue();

    partner.moveClock(Duration.ofDays(8));

    assertThat(client.listPackages(partner.organizationId())).isEmpty();
    assertThat(client.listPackages(partner.organizationId(), PackageStatus.EXPIRED))
        .extracting(ImportPackage::id, ImportPackage::status, ImportPackage::isExpiringSoon)
        .containsExactly(tuple(pkg.id(), PackageStatus.EXPIRED, false));
    NotFoundException refused =
        catchThrowableOfType(NotFoundException.class, () -> client.download(pkg, folder));
    assertThat(refused.errorCode()).contains("PACKAGE_EXPIRED");
  }

  static Stream<ControlAnswer> passingFaults() {
    return Stream.of(
        ControlAnswer.status(503),
        ControlAnswer.status(500),
        ControlAnswer.status(429).header("Retry-After", "2"),
        ControlAnswer.status(408),
        ControlAnswer.reset(),
        ControlAnswer.lost());
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_fault_that_passes_is_not_seen(ControlAnswer fault) {
    partner.script(PierflowOperation.LIST, fault);
    ImportPackage pkg = only();
    partner.script(PierflowOperation.DOWNLOAD, fault);

    assertThat(client.download(pkg, folder)).exists();

    assertThat(partner.requests()).hasSize(4);
  }
}
