package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.AttachmentPlace;
import health.ferry.testkit.Body;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.internal.data.HeldResources;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The documents of patients: a DocumentReference and, beside it, its content. Thread-safe. */
public final class Attachments {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<BulkFhirOptions> options;
  private final HeldResources held;
  private final FaultyServer files;
  private final FileAccess access;
  private final Map<String, Content> binaries = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /**
   * An attachment on the FHIR base.
   *
   * @param contentType its media type
   * @param base64 its bytes
   */
  record Content(String contentType, String base64) {

    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  Attachments(
      Supplier<BulkFhirOptions> options,
      HeldResources held,
      FaultyServer files,
      FileAccess access) {
    this.options = options;
    this.held = held;
    this.files = files;
    this.access = access;
  }

  /** Stores a document; the URL of its attachment as it stands in the DocumentReference. */
  public String add(String patientId, String contentType, byte[] bytes, AttachmentPlace place) {
    String id = "attachment-" + number.incrementAndGet();
    String url = "Binary/" + id;
    if (place == AttachmentPlace.FHIR_BASE) {
      binaries.put(id, new Content(contentType, Base64.getEncoder().encodeToString(bytes)));
    } else {
      String path = "/attachments/" + id;
      FileOptions served =
          FileOptions.defaults()
              .contentType(contentType)
              .guard(request -> access.guard(options.get()).refusal(request));
      files.serve(path, Body.of(bytes), served);
      url = files.url(path);
    }
    held.put(documentReference(id, patientId, contentType, url, bytes.length));
    return url;
  }

  private static String documentReference(
      String id, String patientId, String contentType, String url, int size) {
    ObjectNode document = JSON.createObjectNode();
    document.put("resourceType", "DocumentReference").put("id", "document-of-" + id);
    document.put("status", "current");
    document.putObject("subject").put("reference", "Patient/" + patientId);
    document
        .putArray("content")
        .addObject()
        .putObject("attachment")
        .put("contentType", contentType)
        .put("url", url)
        .put("size", size);
    return document.toString();
  }

  Optional<Content> find(String id) {
    return Optional.ofNullable(binaries.get(id));
  }
}
