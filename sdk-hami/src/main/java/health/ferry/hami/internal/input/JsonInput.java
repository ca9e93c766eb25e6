package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.StrictUtf8;
import java.io.ByteArrayInputStream;
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
    try {
      byte[] utf8 = StrictUtf8.of(json);
      new JsonText("json", () -> new ByteArrayInputStream(utf8)).read(intake);
    } catch (MalformedDocumentException e) {
      intake.refuse("json", e.problem());
    }
    if (intake.isEmpty()) {
      intake.refuse("json", JsonText.NOTHING);
    }
    intake.end();
  }
}
