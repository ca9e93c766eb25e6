package health.ferry.testkit;

/** The control calls of a bulk export that can be scripted. */
public enum Step {
  /** {@code GET} or {@code POST …/$export}. */
  KICK_OFF,
  /** {@code GET} of the status URL. A scripted answer does not count as a poll of the job. */
  STATUS,
  /** Those among the status calls that would be answered with the manifest. */
  MANIFEST,
  /** {@code GET} of a further page of the manifest, by its {@code link.next}. */
  PAGE,
  /** {@code DELETE} of the status URL. */
  DELETE,
  /** The token endpoint. */
  TOKEN,
  /** {@code GET [base]/.well-known/smart-configuration}. */
  DISCOVERY,
  /** {@code GET [base]/metadata}. */
  METADATA,
  /** {@code GET} and {@code POST} of {@code [base]/Group}, {@code GET} of one group. */
  GROUP,
  /** {@code GET [base]/Binary/…}: attachments, and exported files under relative URLs. */
  BINARY
}
