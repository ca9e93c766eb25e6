package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.digest.Digests;
import health.ferry.core.internal.transfer.ContentCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Compares an attachment's content with the size and the hash that its resource gives; within a
 * Binary, the content that it wraps. R4 has SHA-1 in Base64 for a hash; one of another length is no
 * SHA-1 and says nothing.
 */
final class AttachmentCheck implements ContentCheck {

  private final NamedAttachment attachment;
  private final CallInfo call;
  private Tally tally = new Tally();

  AttachmentCheck(NamedAttachment attachment, CallInfo call) {
    this.attachment = attachment;
    this.call = call;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    tally.write(bytes, offset, length);
  }

  @Override
  public void finish(Path content) throws IOException {
    if (BinaryContent.isResource("OperationOutcome", content)) {
      throw failed("is an OperationOutcome");
    }
    if (BinaryContent.isIn(content)) {
      tally = new Tally();
      try {
        BinaryContent.copy(content, tally);
      } catch (JsonProcessingException notBase64) {
        // Without the cause: the parser's message quotes the content.
        throw failed("is a Binary whose data cannot be read");
      }
    }
    if (attachment.size().isPresent() && attachment.size().getAsLong() != tally.bytes) {
      throw failed(
          "has %d bytes, its resource says %d"
              .formatted(tally.bytes, attachment.size().getAsLong()));
    }
    Optional<byte[]> promised = attachment.hash().flatMap(AttachmentCheck::sha1);
    if (promised.isPresent() && !MessageDigest.isEqual(promised.get(), tally.sha1.digest())) {
      throw failed("does not have the hash that its resource gives");
    }
  }

  private static Optional<byte[]> sha1(String hash) {
    try {
      return Optional.of(Base64.getDecoder().decode(hash)).filter(bytes -> bytes.length == 20);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private IntegrityException failed(String what) {
    return new IntegrityException(call, "the attachment " + what, null);
  }

  /** Counts and hashes what is written to it. */
  private static final class Tally extends OutputStream {

    private final MessageDigest sha1 = Digests.sha1();
    private long bytes;

    @Override
    public void write(int b) {
      sha1.update((byte) b);
      bytes++;
    }

    @Override
    public void write(byte[] content, int offset, int length) {
      sha1.update(content, offset, length);
      bytes += length;
    }
  }
}
