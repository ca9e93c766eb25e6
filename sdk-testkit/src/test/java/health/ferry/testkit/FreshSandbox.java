package health.ferry.testkit;

import org.junit.jupiter.api.AfterEach;

/** A sandbox of three patients for each test, since the tests change what it holds. */
abstract class FreshSandbox {

  private final PartnerSandbox sandbox = PartnerSandbox.builder().patients(3).start();
  final BulkFhirPartner partner = sandbox.bulkFhir();
  final ExportCalls calls = new ExportCalls(partner);

  @AfterEach
  void close() {
    sandbox.close();
  }
}
