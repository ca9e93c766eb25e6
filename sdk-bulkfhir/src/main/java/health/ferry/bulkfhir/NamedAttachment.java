package health.ferry.bulkfhir;

import java.util.Optional;
import java.util.OptionalLong;
import okio.ByteString;

/**
 * An Attachment of a resource whose content lies elsewhere.
 *
 * @param resource the resource's {@code Type/id}
 * @param path where the Attachment stands in it, such as {@code content[0].attachment}
 * @param url where the content lies, as the resource says
 * @param contentType the media type of the content, when the resource names one
 * @param size the bytes of the content, when the resource says
 * @param hash the SHA-1 of the content in Base64, when the resource says
 */
record NamedAttachment(
    String resource,
    String path,
    String url,
    Optional<String> contentType,
    OptionalLong size,
    Optional<String> hash) {

  /**
   * The content's name on disk: Ferry's own, the same in every run, and one for all Attachments
   * that name the same URL.
   */
  String fileName() {
    return ByteString.encodeUtf8(url).sha256().hex().substring(0, 32);
  }

  /** It is patient data throughout. */
  @Override
  public String toString() {
    return "NamedAttachment " + path;
  }
}
