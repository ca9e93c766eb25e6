package health.ferry.testkit;

import org.junit.jupiter.api.AfterEach;

/** A Pierflow of three patients for each test. */
abstract class FreshPierflow {

  private final PartnerSandbox sandbox;
  final PierflowPartner partner;
  final PierflowCalls calls;

  FreshPierflow() {
    this(PierflowOptions.defaults());
  }

  FreshPierflow(PierflowOptions options) {
    sandbox = PartnerSandbox.builder().patients(3).pierflow(options).start();
    partner = sandbox.pierflow();
    calls = new PierflowCalls(partner);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  String packageId() {
    return partner.packages().get(0).id();
  }
}
