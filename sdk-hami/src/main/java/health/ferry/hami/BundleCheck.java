package health.ferry.hami;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client looks for in a bundle before it sends it: preflight, and validation if asked. */
final class BundleCheck {

  private final @Nullable ProfileValidation validation;

  BundleCheck(@Nullable ProfileValidation validation) {
    this.validation = validation;
  }

  /** A bundle that is stopped anyway is not validated as well. */
  PreflightReport check(byte[] bundle) {
    PreflightReport found = Preflight.check(bundle);
    if (validation == null || found.hasErrors()) {
      return found;
    }
    List<Finding> findings = new ArrayList<>(found.findings());
    findings.addAll(validation.check(new String(bundle, StandardCharsets.UTF_8)));
    return new PreflightReport(findings);
  }
}
