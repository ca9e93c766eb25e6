package health.ferry.testkit;

import java.util.Optional;

/**
 * How a {@link FaultyServer} serves a file. Immutable; each method gives a changed copy. Defaults:
 * {@code application/fhir+ndjson}, a strong ETag made from the content, Range supported, no gzip,
 * {@code Content-Length}, everyone admitted, as fast as the socket takes it.
 */
public final class FileOptions {

  private static final FileOptions DEFAULTS =
      new FileOptions(
          "application/fhir+ndjson",
          Etag.STRONG,
          true,
          false,
          Framing.CONTENT_LENGTH,
          FileGuard.open(),
          0);

  private final String contentType;
  private final Etag etag;
  private final boolean ranges;
  private final boolean gzip;
  private final Framing framing;
  private final FileGuard guard;
  private final long bytesPerSecond;

  private FileOptions(
      String contentType,
      Etag etag,
      boolean ranges,
      boolean gzip,
      Framing framing,
      FileGuard guard,
      long bytesPerSecond) {
    this.contentType = contentType;
    this.etag = etag;
    this.ranges = ranges;
    this.gzip = gzip;
    this.framing = framing;
    this.guard = guard;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * The defaults.
   *
   * @return the options
   */
  public static FileOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The {@code Content-Type} of the file.
   *
   * @param value the header's value
   * @return the changed copy
   */
  public FileOptions contentType(String value) {
    return new FileOptions(value, etag, ranges, gzip, framing, guard, bytesPerSecond);
  }

  /**
   * A strong ETag made from the content (with gzip, one of its own); the default.
   *
   * @return the changed copy
   */
  public FileOptions strongEtag() {
    return etag(Etag.STRONG);
  }

  /**
   * A weak ETag, which an {@code If-Range} never matches.
   *
   * @return the changed copy
   */
  public FileOptions weakEtag() {
    return etag(Etag.WEAK);
  }

  /**
   * No ETag at all.
   *
   * @return the changed copy
   */
  public FileOptions noEtag() {
    return etag(Etag.NONE);
  }

  /**
   * A given ETag, whatever the content.
   *
   * @param value the header's value with its quotes, such as {@code "v2"} or {@code W/"v2"}
   * @return the changed copy
   */
  public FileOptions etag(String value) {
    return etag(Etag.given(value));
  }

  private FileOptions etag(Etag value) {
    return new FileOptions(contentType, value, ranges, gzip, framing, guard, bytesPerSecond);
  }

  /**
   * Whether {@code Range} is answered with 206; otherwise it is ignored.
   *
   * @param on true by default
   * @return the changed copy
   */
  public FileOptions ranges(boolean on) {
    return new FileOptions(contentType, etag, on, gzip, framing, guard, bytesPerSecond);
  }

  /**
   * Whether the file goes out as gzip when the request accepts it. Up to 64 MiB it is compressed
   * once and ranges count over the compressed bytes; above, it is compressed on the way, chunked
   * and without ranges.
   *
   * @param on false by default
   * @return the changed copy
   */
  public FileOptions gzip(boolean on) {
    return new FileOptions(contentType, etag, ranges, on, framing, guard, bytesPerSecond);
  }

  /**
   * How the body tells its end.
   *
   * @param value {@link Framing#CONTENT_LENGTH} by default
   * @return the changed copy
   */
  public FileOptions framing(Framing value) {
    return new FileOptions(contentType, etag, ranges, gzip, value, guard, bytesPerSecond);
  }

  /**
   * Who may have the file.
   *
   * @param value replaces the guard set before; everyone by default
   * @return the changed copy
   */
  public FileOptions guard(FileGuard value) {
    return new FileOptions(contentType, etag, ranges, gzip, framing, value, bytesPerSecond);
  }

  /**
   * A brake on each answer's body.
   *
   * @param bytes wire bytes in a second; 0, the default, for no brake
   * @return the changed copy
   */
  public FileOptions bytesPerSecond(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytesPerSecond must not be negative");
    }
    return new FileOptions(contentType, etag, ranges, gzip, framing, guard, bytes);
  }

  String contentType() {
    return contentType;
  }

  Optional<String> etagOf(String fingerprint) {
    return etag.of(fingerprint);
  }

  boolean ranges() {
    return ranges;
  }

  boolean gzip() {
    return gzip;
  }

  Framing framing() {
    return framing;
  }

  /**
   * Who may have the file.
   *
   * @return the guard set, everyone by default
   */
  public FileGuard guard() {
    return guard;
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }
}
