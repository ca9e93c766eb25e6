package health.ferry.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A resource as it was received: its JSON, with the type and id that it states, and where it was
 * read.
 *
 * <p>Immutable. It is patient data; {@code toString} shows place and size alone.
 */
public final class RawResource {

  private final String fileName;
  private final long lineNumber;
  private final ResourcePeek peek;
  private final byte[] json;

  /** Keeps {@code json} itself: the caller must not use it any more. */
  RawResource(String fileName, long lineNumber, ResourcePeek peek, byte[] json) {
    this.fileName = fileName;
    this.lineNumber = lineNumber;
    this.peek = peek;
    this.json = json;
  }

  /**
   * The type that the resource states, such as {@code Patient}.
   *
   * @return the type as received, known to R4 or not; empty when it states none
   */
  public Optional<String> resourceType() {
    return peek.resourceType();
  }

  /**
   * The resource's logical id.
   *
   * @return the id as received; empty when it has none
   */
  public Optional<String> id() {
    return peek.id();
  }

  /**
   * The resource's JSON as received: one object, on one line.
   *
   * @return the text, decoded at each call
   */
  public String json() {
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * The resource's JSON as received.
   *
   * @return a copy of its bytes in UTF-8
   */
  public byte[] bytes() {
    return json.clone();
  }

  /**
   * The length of the JSON.
   *
   * @return bytes, without the line end
   */
  public int size() {
    return json.length;
  }

  /**
   * The file that holds the resource.
   *
   * @return its name without the folder, or the name that the caller gave a stream
   */
  public String fileName() {
    return fileName;
  }

  /**
   * The line that holds the resource.
   *
   * @return the line's number from 1, blank lines counted
   */
  public long lineNumber() {
    return lineNumber;
  }

  @Override
  public String toString() {
    return "RawResource " + fileName + " line " + lineNumber + ", " + json.length + " bytes";
  }
}
