package health.ferry.testkit;

/** How the download endpoint hands a package out. */
public enum PierflowDownload {
  /** The answer is the ZIP, as the import-package page says; archives up to 64 MiB. */
  ZIP,
  /** The answer is JSON with a link to the ZIP on another host, as the server's code does. */
  LINK,
  /** The answer is a 302 to that link. */
  REDIRECT
}
