package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A Bundle or a resource as a text in memory. */
final class JsonInput implements Input {

  private final String json;
  private final FhirR4 fhir;

  JsonInput(String json, FhirR4 fhir) {
    this.json = json;
    this.fhir = fhir;
  }

  @Override
  public void read(Consumer<? super InputDocument> taker) {
    Intake intake = new Intake(taker, fhir);
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    new JsonText("json", () -> new ByteArrayInputStream(utf8)).read(intake);
    if (intake.isEmpty()) {
      intake.refuse("json", JsonText.NOTHING);
    }
    intake.end();
  }
}
