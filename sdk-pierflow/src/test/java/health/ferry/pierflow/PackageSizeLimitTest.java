package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.testkit.Body;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.Framing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A package may fill the disk as far as its limit, whatever comes. */
class PackageSizeLimitTest extends PackageServers {

  private static final long GIB = 1024 * 1024 * 1024;

  private void serve(Body body, FileOptions as) {
    storage.serve(FILE, body, as);
    answers(json(200, "{\"download_url\":\"" + storage.url(FILE) + "\"}"));
  }

  private Path download(long mostBytes) {
    PackageLimits limits = PackageLimits.defaults().archiveBytes(mostBytes);
    try (PierflowClient client = client()) {
      return client.download(ImportPackage.named(ID), folder, limits, CallOptions.defaults());
    }
  }

  private void assertRefused(long mostBytes) throws IOException {
    assertThatThrownBy(() -> download(mostBytes))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("the package is larger than the limit of " + mostBytes + " bytes");
    assertNothingIsKept();
  }

  private void assertNothingIsKept() throws IOException {
    assertThat(target()).doesNotExist();
    assertThat(Files.size(folder.resolve(ID + ".zip.part"))).isZero();
    assertThat(storage.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void a_package_of_the_limit_is_taken(Framing framing) {
    serve(Body.of(ZIP), AS_ZIP.framing(framing));

    assertThat(download(ZIP.length)).hasBinaryContent(ZIP);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void a_package_of_one_byte_more_is_refused_and_not_fetched_again(Framing framing)
      throws IOException {
    serve(Body.of(ZIP), AS_ZIP.framing(framing));

    assertRefused(ZIP.length - 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Framing.class,
      names = {"CHUNKED", "CLOSE"})
  void an_answer_without_end_is_ended(Framing framing) throws IOException {
    serve(Body.repeated(bytes(64 * 1024), 1_000_000_000), AS_ZIP.framing(framing));

    assertRefused(1_000_000);
  }

  @Test
  void what_is_small_on_the_way_counts_as_large_as_it_becomes() throws IOException {
    Body zeros = Body.of(new byte[1_000_000]);
    serve(zeros, AS_ZIP.gzip(true));
    assertRefused(999_999);

    assertThat(download(1_000_000)).hasSize(1_000_000);
  }

  @Test
  void by_default_2_gib_are_the_limit() throws IOException {
    serve(Body.repeated(new byte[1], 2 * GIB + 1), AS_ZIP.framing(Framing.CONTENT_LENGTH));

    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.download(ID, folder))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("the limit of 2147483648 bytes");
    }
    assertNothingIsKept();
  }

  @Test
  void a_lower_limit_counts_for_what_an_earlier_call_has_left_too() throws IOException {
    serve(Body.of(ZIP), AS_ZIP);
    storage.fault(FILE, Fault.cutAfter(300_000));
    storage.fault(FILE, 5, Fault.status(503));
    assertThatThrownBy(() -> download(ZIP.length)).hasMessageContaining("503");
    storage.clearFaults();

    assertThatThrownBy(() -> download(200_000)).isInstanceOf(UnsafeArchiveException.class);

    assertThat(Files.size(folder.resolve(ID + ".zip.part"))).isZero();
  }
}
