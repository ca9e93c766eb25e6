package health.ferry.hami;

import health.ferry.core.Violation;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One thing that HAMI found wrong with a bundle, and which of the inputs it is about. Immutable;
 * {@code toString} leaves HAMI's words out.
 */
public final class RejectionFinding {

  private final Violation told;
  private final OptionalInt entry;
  private final @Nullable RejectedEntry about;

  private RejectionFinding(Violation told, OptionalInt entry, @Nullable RejectedEntry about) {
    this.told = told;
    this.entry = entry;
    this.about = about;
  }

  /** About the bundle as a whole, or nobody can tell which entry. */
  static RejectionFinding of(Violation told) {
    return new RejectionFinding(told, OptionalInt.empty(), null);
  }

  /** About an entry, by its index from 0. */
  static RejectionFinding of(Violation told, int entry, RejectedEntry about) {
    return new RejectionFinding(told, OptionalInt.of(entry), about);
  }

  Violation told() {
    return told;
  }

  /**
   * Where it stands, as HAMI tells it: {@code Patient.birthDate} or {@code
   * Bundle.entry[3].resource.subject}.
   *
   * @return a FHIR path, {@code Bundle} when HAMI named none; indexes count from 0
   */
  public String path() {
    return told.path();
  }

  /**
   * What is wrong, in HAMI's own words. They may name a patient: do not log them.
   *
   * @return the words as received
   */
  public String rule() {
    return told.rule();
  }

  /**
   * Which entry of the bundle it is about: the one of which the path has the index, else the only
   * one of the type with which the path begins.
   *
   * @return the entry's index from 0; empty when HAMI's path leads to none, or may mean several
   */
  public OptionalInt entry() {
    return entry;
  }

  /**
   * The full URL of that entry.
   *
   * @return a {@code urn:uuid:}; empty when {@link #entry()} is
   */
  public Optional<String> fullUrl() {
    return Optional.ofNullable(about).map(RejectedEntry::fullUrl);
  }

  /**
   * Which of the inputs that entry came from, as in {@link BundleRejection#inputs()}.
   *
   * @return such as {@code labs.ndjson line 7: Observation/o1}; empty when {@link #entry()} is
   */
  public Optional<String> input() {
    return Optional.ofNullable(about).map(RejectedEntry::input);
  }

  /** The place, and the input when it is known. */
  @Override
  public String toString() {
    return "RejectionFinding at " + path() + input().map(from -> ", from " + from).orElse("");
  }
}
