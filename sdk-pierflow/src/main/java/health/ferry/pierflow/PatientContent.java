package health.ferry.pierflow;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.pierflow.internal.archive.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/** A patient's Bundle, and what was made of it before anybody asked. Thread-safe. */
final class PatientContent {

  private final String file;
  private final byte[] json;
  private final List<String> boundReferences;
  private final boolean bound;
  private final Demand demand;
  private final AtomicReference<@Nullable Bundle> modelAhead = new AtomicReference<>();
  private final AtomicReference<@Nullable PatientContent> boundAhead = new AtomicReference<>();

  /**
   * A Bundle as it was received.
   *
   * @param file what errors call it
   * @param json kept, not copied
   */
  PatientContent(String file, byte[] json, Demand demand) {
    this(file, json, List.of(), false, demand);
  }

  private PatientContent(
      String file, byte[] json, List<String> boundReferences, boolean bound, Demand demand) {
    this.file = file;
    this.json = json;
    this.boundReferences = boundReferences;
    this.bound = bound;
    this.demand = demand;
  }

  byte[] bytes() {
    return json.clone();
  }

  String json() {
    return new String(json, StandardCharsets.UTF_8);
  }

  List<String> boundReferences() {
    return boundReferences;
  }

  /** Makes what was asked of others. What cannot be made is told to whoever asks for it. */
  PatientContent prepared() {
    try {
      if (demand.isForModels(bound)) {
        modelAhead.set(parse());
      }
      if (!bound && demand.isForBindings()) {
        boundAhead.set(newlyBound().prepared());
      }
    } catch (FerryException toldWhenAsked) {
      return this;
    }
    return this;
  }

  /** A model, which is the caller's to change. */
  Bundle bundle() {
    demand.asksForModels(bound);
    Bundle ahead = modelAhead.getAndSet(null);
    return ahead != null ? ahead : parse();
  }

  PatientContent bind() {
    demand.asksForBindings();
    PatientContent ahead = boundAhead.get();
    return bound ? this : ahead != null ? ahead : newlyBound();
  }

  private PatientContent newlyBound() {
    PatientBinding binding = PatientBinding.of(file, json);
    return new PatientContent(file, binding.json(), binding.references(), true, demand);
  }

  private Bundle parse() {
    try {
      return FhirR4.shared().codec().parse(Bundle.class, json());
    } catch (InvalidInputException unreadable) {
      String where =
          unreadable.violations().stream()
              .map(Violation::toString)
              .collect(Collectors.joining("; "));
      throw new IntegrityException(
          Refusal.OPEN, file + " cannot be read as FHIR: " + where, unreadable);
    }
  }
}
