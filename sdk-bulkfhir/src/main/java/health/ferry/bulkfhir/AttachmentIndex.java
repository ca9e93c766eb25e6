package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.transfer.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes which Attachment of which resource lies in which file, one JSON object a line: {@code
 * resource}, {@code path}, {@code file}, {@code contentType} when the resource names one, and
 * {@code bytes}. Appears whole when it is published.
 */
final class AttachmentIndex implements Closeable {

  private final Path target;
  private final Path draft;
  private final OutputStream out;

  AttachmentIndex(Path target, Path draft) throws IOException {
    this.target = target;
    this.draft = draft;
    this.out = new BufferedOutputStream(Files.newOutputStream(draft));
  }

  void add(NamedAttachment attachment, long bytes) throws IOException {
    ObjectNode line =
        JsonTree.object()
            .put("resource", attachment.resource())
            .put("path", attachment.path())
            .put("file", attachment.fileName());
    attachment.contentType().ifPresent(type -> line.put("contentType", type));
    out.write(JsonTree.write(line.put("bytes", bytes)));
    out.write('\n');
  }

  void publish() throws IOException {
    out.close();
    AtomicFile.publish(draft, target);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(draft);
  }
}
