package health.ferry.hami.internal.input;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.fhir.NdjsonReader;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.document.StrictUtf8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One reading of an input: hands on what can be read, and gathers the places of what cannot. Not
 * thread-safe.
 */
final class Intake {

  static final CallInfo CALL = CallInfo.of("HAMI", "read");

  /** The same for every form: what one form takes, no other refuses. */
  static final int MAX_RESOURCE_BYTES = NdjsonReader.DEFAULT_MAX_LINE_BYTES;

  static final String TOO_LONG = "is longer than " + MAX_RESOURCE_BYTES + " bytes";

  private static final int MOST_PLACES = 100;

  private final Consumer<? super InputDocument> taker;
  private final FhirR4 fhir;
  private final List<Violation> wrong = new ArrayList<>();
  private boolean any;

  Intake(Consumer<? super InputDocument> taker, FhirR4 fhir) {
    this.taker = taker;
    this.fhir = fhir;
  }

  void take(String place, byte[] json, @Nullable String fullUrl) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(CALL, "the thread was interrupted", null);
    }
    try {
      ResourceDocument resource = ResourceDocument.of(json, fhir);
      if (resource.type().equals("Bundle")) {
        refuse(place, "is a Bundle among resources: read it as an input of its own");
        return;
      }
      any = true;
      if (wrong.isEmpty()) {
        InputDocument document =
            fullUrl == null ? InputDocument.of(resource) : InputDocument.of(resource, fullUrl);
        taker.accept(document.at(place));
      }
    } catch (MalformedDocumentException e) {
      refuse(place, e.problem());
    }
  }

  void take(String place, @Nullable Resource resource, @Nullable String fullUrl) {
    if (resource == null) {
      refuse(place, "has no resource");
      return;
    }
    byte[] json;
    try {
      json = StrictUtf8.of(fhir.codec().encode(resource));
    } catch (InvalidInputException e) {
      refuse(place, "cannot be written as FHIR JSON");
      return;
    } catch (MalformedDocumentException e) {
      refuse(place, e.problem());
      return;
    }
    if (json.length > MAX_RESOURCE_BYTES) {
      refuse(place, TOO_LONG);
    } else {
      take(place, json, fullUrl);
    }
  }

  /**
   * Notes what is wrong.
   *
   * @throws InvalidInputException once there is enough of it
   */
  void refuse(String place, String rule) {
    wrong.add(new Violation(place, rule));
    if (wrong.size() == MOST_PLACES) {
      wrong.add(new Violation("input", "was not looked through behind these " + MOST_PLACES));
      end();
    }
  }

  /** Whether nothing came, good or bad. */
  boolean isEmpty() {
    return !any && wrong.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidInputException when anything was wrong
   */
  void end() {
    if (!wrong.isEmpty()) {
      throw new InvalidInputException(CALL, wrong);
    }
  }
}
