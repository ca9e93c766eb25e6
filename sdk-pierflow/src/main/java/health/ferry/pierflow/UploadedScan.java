package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.internal.json.JsonTree;
import java.util.List;

/**
 * A file that lies with Pierflow's storage, and is not submitted yet (fact sheet, 3.7). Immutable.
 * Who knows its URL may read it, so {@code toString} shows nothing.
 */
public final class UploadedScan {

  /** What Pierflow wants to know of it, if the storage told. */
  private static final List<String> MEASURES =
      List.of("bytes", "format", "height", "version", "width");

  private final String publicId;
  private final String secureUrl;
  private final Fields fields;

  /** Without its URL Pierflow would take it, and its job fail with ASSET_MISSING_URL. */
  UploadedScan(Fields fields, CallInfo call) {
    this.publicId = fields.required("public_id", "an uploaded file", call);
    this.secureUrl = fields.required("secure_url", "an uploaded file", call);
    this.fields = fields;
  }

  /**
   * What the storage knows the file by.
   *
   * @return an opaque text
   */
  public String publicId() {
    return publicId;
  }

  /**
   * The storage's answer.
   *
   * @return JSON on one line; its URLs are secrets
   */
  public String raw() {
    return fields.raw();
  }

  /** The file as a document names its source. */
  ObjectNode source() {
    ObjectNode source = JsonTree.object().put("publicId", publicId).put("secureUrl", secureUrl);
    for (String name : MEASURES) {
      JsonNode value = fields.json().path(name);
      if (value.isNumber() || value.isTextual()) {
        source.set(name, value);
      }
    }
    return source;
  }

  @Override
  public String toString() {
    return "UploadedScan";
  }
}
