package health.ferry.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.testkit.Body;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer may say where the file is instead of being it. */
class LinkedDownloadTest {

  private static final byte[] CONTENT = Download.lines(700_000);
  private static final FileOptions LINK = FileOptions.defaults().contentType("text/uri-list");

  @TempDir Path folder;

  private final FaultyServer partner = FaultyServer.start();
  private final FaultyServer storage = FaultyServer.start();
  private Path target;
  private Download download;

  @BeforeEach
  void prepare() {
    target = folder.resolve("package.zip");
    download = new Download(target).linkedBy(LinkedDownloadTest::link);
    partner.serve("/ask", Body.of(storage.url("/file")), LINK);
    storage.serve("/file", Body.of(CONTENT));
  }

  @AfterEach
  void close() {
    download.close();
    partner.close();
    storage.close();
  }

  private static Optional<HttpUrl> link(Answer answer) throws IOException {
    return answer.mediaType().equals("text/uri-list")
        ? Optional.of(HttpUrl.get(answer.raw(1_000).text()))
        : Optional.empty();
  }

  private static List<Optional<String>> ranges(List<RecordedRequest> requests) {
    return requests.stream().map(request -> request.header("Range")).toList();
  }

  @Test
  void the_link_is_followed_to_the_file() {
    assertThat(download.fetch(partner.url("/ask"))).isEqualTo(CONTENT.length);

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(partner.requests()).hasSize(1);
    assertThat(storage.requests()).hasSize(1);
  }

  @Test
  void an_answer_that_is_the_file_is_taken_as_it_comes() {
    partner.serve("/ask", Body.of(CONTENT));

    download.fetch(partner.url("/ask"));

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(storage.requests()).isEmpty();
  }

  @Test
  void what_broke_off_goes_on_behind_the_link_and_the_partner_is_asked_once() {
    storage.fault("/file", Fault.cutAfter(300_000));

    download.fetch(partner.url("/ask"));

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(partner.requests()).hasSize(1);
    assertThat(ranges(storage.requests()))
        .containsExactly(Optional.empty(), Optional.of("bytes=300000-"));
  }

  @Test
  void a_new_link_goes_on_where_the_old_one_ended() {
    storage.fault("/file", Fault.cutAfter(300_000), Fault.status(404));
    assertThatThrownBy(() -> download.fetch(partner.url("/ask")))
        .isInstanceOf(NotFoundException.class);
    assertThat(FileDownload.keptBytes(target)).isEqualTo(300_000);

    storage.serve("/renewed", Body.of(CONTENT));
    partner.serve("/ask", Body.of(storage.url("/renewed")), LINK);
    download.fetch(partner.url("/ask"));

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(FileDownload.keptBytes(target)).isZero();
    assertThat(ranges(storage.requests("/renewed"))).containsExactly(Optional.of("bytes=300000-"));
  }

  @Test
  void a_link_behind_a_link_is_a_file() {
    storage.serve("/file", Body.of("no link any more"), LINK);

    download.fetch(partner.url("/ask"));

    assertThat(target).hasContent("no link any more");
  }

  @Test
  void a_large_file_that_is_wrong_does_not_come_again_by_itself() {
    download.retriedAs(RetryClass.LARGE_DOWNLOAD).checkedBy(Refusing::new);

    assertThatThrownBy(() -> download.fetch(partner.url("/ask")))
        .isInstanceOf(IntegrityException.class);

    assertThat(storage.requests()).hasSize(1);
    assertThat(FileDownload.keptBytes(target)).isZero();
  }

  /** Content that is never what was promised. */
  private static final class Refusing implements ContentCheck {
    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public void finish(Path content) {
      throw new IntegrityException(
          CallInfo.of("Partner", "download"), "not what was promised", null);
    }
  }
}
