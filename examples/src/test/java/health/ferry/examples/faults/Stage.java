package health.ferry.examples.faults;

/** Where in an export a fault strikes. */
enum Stage {
  DISCOVERY,
  TOKEN,
  KICK_OFF,
  /** Any look at the job, also one that would bring the manifest. */
  STATUS,
  /** The answer that is the manifest. */
  MANIFEST,
  /** The manifest's second page, where there is one. */
  PAGE,
  /** The file of patients; the others always come. */
  FILE,
  /** Where a file redirects to. */
  REDIRECTED,
  DELETE
}
