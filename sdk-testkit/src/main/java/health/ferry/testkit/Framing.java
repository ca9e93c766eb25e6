package health.ferry.testkit;

/** How a served file tells its end on the wire. */
public enum Framing {
  /** A {@code Content-Length} header. */
  CONTENT_LENGTH,
  /** {@code Transfer-Encoding: chunked}. */
  CHUNKED,
  /** Neither: the body ends when the server closes the connection. */
  CLOSE
}
