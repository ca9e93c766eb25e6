package health.ferry.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import health.ferry.fhir.internal.decode.ModelDecoder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The entry to HAPI's FHIR R4: holds the {@link FhirContext} that models, codec and typed reading
 * share.
 *
 * <p>{@link #shared()} costs nothing until the first typed use, which builds the context. That and
 * the first parse take half a second; {@link #warm()} moves them to a time of your choice, such as
 * while a server prepares an export.
 *
 * <p>Immutable and thread-safe.
 */
public final class FhirR4 {

  private static final FhirR4 SHARED = new FhirR4(null);

  private final @Nullable FhirContext given;
  private final AtomicReference<@Nullable ModelDecoder> decoder = new AtomicReference<>();

  private FhirR4(@Nullable FhirContext given) {
    this.given = given;
  }

  /**
   * The one instance that Ferry uses where none is given. Its context is built at first typed use,
   * once per class loader.
   *
   * @return always the same instance
   */
  public static FhirR4 shared() {
    return SHARED;
  }

  /**
   * Uses a context that the application has already, with its own models and settings. Ferry does
   * not change it; the error handler and the parser settings of {@link FhirCodec} apply to Ferry's
   * own parsers alone.
   *
   * @param context a context for R4
   * @return an instance on that context
   * @throws ConfigurationException if the context is for another FHIR version
   */
  public static FhirR4 using(FhirContext context) {
    Objects.requireNonNull(context, "context");
    if (context.getVersion().getVersion() != FhirVersionEnum.R4) {
      throw new ConfigurationException(
          CallInfo.of("FHIR", "setup"),
          List.of(new Violation("fhirContext", "must be for R4: use FhirContext.forR4()")));
    }
    return new FhirR4(context);
  }

  /**
   * The context, built now if it was not yet.
   *
   * @return the caller's context, or the shared one
   */
  public FhirContext context() {
    return given != null ? given : Lazy.CONTEXT;
  }

  /**
   * A codec on this context.
   *
   * @return a codec; cheap, and builds nothing
   */
  public FhirCodec codec() {
    return new FhirCodec(this);
  }

  /**
   * Builds the context and parses and encodes a first resource, so that the next one is fast. Takes
   * half a second the first time and next to nothing later; call it on any thread, any number of
   * times.
   */
  public void warm() {
    WarmUp.run(codec());
  }

  /** The decoder on this context; it gathers tables, so there is one. */
  ModelDecoder decoder() {
    ModelDecoder known = decoder.get();
    if (known == null) {
      decoder.compareAndSet(null, new ModelDecoder(context()));
      known = Objects.requireNonNull(decoder.get());
    }
    return known;
  }

  private static final class Lazy {
    private static final FhirContext CONTEXT = FhirContext.forR4();
  }
}
