package health.ferry.testkit;

/** In which of its two forms Pierflow's JSON comes, since its pages and its server disagree. */
public enum PierflowForm {
  /**
   * As the Records pages show it, the import-package page included: {@code organization_id} in the
   * list, whole seconds, pages by number, errors with {@code message} and {@code request_id}.
   */
  DOCUMENTED,
  /**
   * As the server's code has it: {@code file_size_bytes} in the list and no organization,
   * milliseconds, a cursor, errors of a code alone.
   */
  DEPLOYED
}
