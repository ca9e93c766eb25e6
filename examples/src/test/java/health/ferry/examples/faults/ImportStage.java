package health.ferry.examples.faults;

/** Where in an import a fault strikes. */
enum ImportStage {
  LIST,
  /** What Pierflow answers to the request for a package: a link, or the archive itself. */
  DOWNLOAD,
  /** What the link leads to, on another host. */
  FILE,
  ACKNOWLEDGE
}
