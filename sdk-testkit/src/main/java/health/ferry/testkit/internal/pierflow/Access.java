package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.PierflowOptions;
import java.util.function.Supplier;

/** Whether the caller has the key, and whether the key is linked to the organization. */
final class Access {

  private static final String SCHEME = "bearer ";

  private final Supplier<PierflowOptions> options;
  private final String apiKey;
  private final Errors errors;

  Access(Supplier<PierflowOptions> options, String apiKey, Errors errors) {
    this.options = options;
    this.apiKey = apiKey;
    this.errors = errors;
  }

  /** The scheme's name in any case (fact sheet, 2). */
  void checkKey(Call call) throws RequestRefused {
    String header = call.request().header("Authorization").orElse("");
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!bearer || !header.substring(SCHEME.length()).strip().equals(apiKey)) {
      throw new RequestRefused(errors.unauthenticated());
    }
  }

  /** One that is not there is not told from one that is not linked (fact sheet, 3.1). */
  void checkOrganization(String id, String code) throws RequestRefused {
    if (!id.equals(options.get().organizationId())) {
      throw errors.refused(403, code);
    }
  }
}
