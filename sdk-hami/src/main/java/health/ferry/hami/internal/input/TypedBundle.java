package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.EntryPath;
import health.ferry.hami.internal.document.InputDocument;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;

/** The entries of a Bundle that is a model. */
final class TypedBundle implements Input {

  private final Bundle bundle;
  private final FhirR4 fhir;

  TypedBundle(Bundle bundle, FhirR4 fhir) {
    this.bundle = bundle;
    this.fhir = fhir;
  }

  @Override
  public void read(Consumer<? super InputDocument> taker) {
    Intake intake = new Intake(taker, fhir);
    List<BundleEntryComponent> entries = bundle.getEntry();
    for (int i = 0; i < entries.size(); i++) {
      BundleEntryComponent entry = entries.get(i);
      String place = EntryPath.of(i);
      if (BundleText.isNoCreation(method(entry))) {
        intake.refuse(place, BundleText.NO_CREATION);
      } else {
        intake.take(place, entry.getResource(), entry.getFullUrl());
      }
    }
    if (intake.isEmpty()) {
      intake.refuse("Bundle", JsonText.NOTHING);
    }
    intake.end();
  }

  private static @Nullable String method(BundleEntryComponent entry) {
    // Asked for, HAPI's models make what is not there.
    HTTPVerb method = entry.hasRequest() ? entry.getRequest().getMethod() : null;
    return method == null ? null : method.toCode();
  }
}
