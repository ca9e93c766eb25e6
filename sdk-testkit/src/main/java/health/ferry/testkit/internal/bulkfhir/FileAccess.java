package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.FileGuard;
import health.ferry.testkit.internal.oauth.AccessTokens;

/** Who may have what lies on the file server. */
final class FileAccess {

  private final AccessTokens tokens;

  FileAccess(AccessTokens tokens) {
    this.tokens = tokens;
  }

  FileGuard guard(BulkFhirOptions options) {
    FileGuard guard = FileGuard.open();
    if (options.filesRefuseAuthorization()) {
      guard = guard.and(FileGuard.noAuthorization());
    }
    return options.filesNeedToken() ? guard.and(FileGuard.bearer(tokens::isValid)) : guard;
  }
}
