package health.ferry.core.internal.transfer;

import health.ferry.core.IntegrityException;
import health.ferry.core.Progress;
import health.ferry.core.Progress.Kind;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.AnswerReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's body into the part: from the start, or from where the part ends. An answer that
 * only says where the file is leaves the part as it is.
 */
final class PartReader implements AnswerReader<Optional<HttpUrl>> {

  private static final int BUFFER_SIZE = 256 * 1024;

  // 18 digits always fit into a long.
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final PartFile part;
  private final DownloadRequest request;

  PartReader(PartFile part, DownloadRequest request) {
    this.part = part;
    this.request = request;
  }

  /** Where the file is instead; empty when it has come, whole. */
  @Override
  public Optional<HttpUrl> read(Answer answer) throws IOException {
    Optional<HttpUrl> link = request.links().read(answer);
    if (link.isEmpty()) {
      readFile(answer);
    }
    return link;
  }

  private void readFile(Answer answer) throws IOException {
    // A server's own page for 416 is HTML as well.
    boolean isPage = answer.mediaType().equals("text/html") && answer.status() != 416;
    if (isPage && !request.accept().startsWith("text/html")) {
      throw new UnexpectedResponseException(
          answer.call().info(), "an HTML page came instead of " + request.fileName(), null);
    }
    onDisk(answer, () -> begin(answer));
    copy(answer);
    requireWhole(answer);
    onDisk(answer, () -> new Completion(request, answer.call().info()).verifyAndPublish(part));
  }

  private void begin(Answer answer) throws IOException {
    String etag = answer.header("ETag").filter(tag -> tag.startsWith("\"")).orElse(null);
    Encoding encoding =
        Encoding.of(answer.header("Content-Encoding").orElse(""))
            .orElseThrow(
                () ->
                    new UnexpectedResponseException(
                        answer.call().info(), "a content encoding that was not asked for", null));
    if (answer.status() == 200) {
      part.restart(encoding, etag, answer.contentLength());
      return;
    }
    requireContinuation(answer, encoding, etag);
  }

  private void requireContinuation(Answer answer, Encoding encoding, @Nullable String etag)
      throws IOException {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
    boolean continues =
        answer.status() == 206
            && range.matches()
            && Long.parseLong(range.group(1)) == part.size()
            && encoding == part.encoding()
            && (etag == null || etag.equals(part.etag()))
            && (range.group(2).equals("*") || fits(Long.parseLong(range.group(2))));
    if (!continues) {
      part.restart(Encoding.IDENTITY, null, -1);
      throw new IntegrityException(
          answer.call().info(),
          request.fileName() + " was not continued where it broke off; it starts again",
          null);
    }
    if (!range.group(2).equals("*")) {
      part.expect(Long.parseLong(range.group(2)));
    }
  }

  /** A strong ETag stands for the same bytes, so a length known before does not change. */
  private boolean fits(long length) {
    return part.total() < 0 || part.total() == length;
  }

  private void copy(Answer answer) throws IOException {
    byte[] buffer = new byte[BUFFER_SIZE];
    InputStream body = answer.body();
    int filled = 0;
    try {
      for (int read = body.read(buffer);
          read >= 0;
          read = body.read(buffer, filled, BUFFER_SIZE - filled)) {
        filled += read;
        if (filled == BUFFER_SIZE || part.isSaveDue()) {
          int full = filled;
          filled = 0;
          take(buffer, full, answer);
        }
      }
    } finally {
      // What had arrived when the body broke off is kept.
      if (filled > 0) {
        take(buffer, filled, answer);
      }
    }
  }

  private void take(byte[] buffer, int filled, Answer answer) {
    answer.call().received(filled);
    onDisk(
        answer,
        () -> {
          boolean due = part.isSaveDue();
          part.append(buffer, filled);
          if (due) {
            part.save();
            request
                .listener()
                .onProgress(
                    Progress.ofFile(
                        Kind.FILE_BYTES, request.fileName(), part.size(), part.total()));
          }
        });
  }

  private void requireWhole(Answer answer) {
    if (part.total() >= 0 && part.size() != part.total()) {
      throw new IntegrityException(
          answer.call().info(), request.fileName() + " has not the length that was promised", null);
    }
  }

  /** A failing disk is no failing network: it must not be retried as one. */
  private void onDisk(Answer answer, DiskWork work) {
    try {
      work.run();
    } catch (ClosedByInterruptException interrupted) {
      throw answer.call().interrupted(interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + request.fileName(), disk);
    }
  }

  @FunctionalInterface
  private interface DiskWork {
    void run() throws IOException;
  }
}
