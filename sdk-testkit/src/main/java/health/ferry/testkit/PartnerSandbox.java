package health.ferry.testkit;

import health.ferry.testkit.internal.data.BundleFolder;
import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.data.SyntheticPatients;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The partners, running inside this JVM on free ports of 127.0.0.1, with synthetic data. Each
 * partner's server starts when it is first asked for. Thread-safe; {@link #close()} ends all
 * servers.
 *
 * <pre>{@code
 * try (PartnerSandbox sandbox = PartnerSandbox.start()) {
 *   String base = sandbox.bulkFhir().baseUrl();
 *   …
 * }
 * }</pre>
 */
public final class PartnerSandbox implements AutoCloseable {

  private final OnFirstUse<BulkFhirPartner> bulkFhir;
  private final OnFirstUse<HamiPartner> hami;
  private final OnFirstUse<PierflowPartner> pierflow;

  private PartnerSandbox(
      BulkFhirOptions bulkFhir, Dataset data, HamiOptions hami, PierflowOptions pierflow) {
    this.bulkFhir =
        new OnFirstUse<>(() -> new BulkFhirPartner(bulkFhir, data), BulkFhirPartner::close);
    this.hami = new OnFirstUse<>(() -> new HamiPartner(hami), HamiPartner::close);
    this.pierflow =
        new OnFirstUse<>(() -> new PierflowPartner(pierflow, data), PierflowPartner::close);
  }

  /**
   * Starts with the defaults.
   *
   * @return the running sandbox
   */
  public static PartnerSandbox start() {
    return builder().start();
  }

  /**
   * Sets the sandbox up before it starts.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The Bulk FHIR server.
   *
   * @return the partner
   */
  public BulkFhirPartner bulkFhir() {
    return bulkFhir.get();
  }

  /**
   * HAMI's Universal Ingestion API.
   *
   * @return the partner
   */
  public HamiPartner hami() {
    return hami.get();
  }

  /**
   * Pierflow's Records API.
   *
   * @return the partner
   */
  public PierflowPartner pierflow() {
    return pierflow.get();
  }

  /** Ends all servers, their connections and threads. */
  @Override
  public void close() {
    bulkFhir.close();
    hami.close();
    pierflow.close();
  }

  /** Sets a sandbox up. Not thread-safe; each {@link #start()} makes a sandbox of its own. */
  public static final class Builder {

    private int patients = 25;
    private long seed = 2026;
    private @Nullable Path folder;
    private BulkFhirOptions bulkFhir = BulkFhirOptions.defaults();
    private HamiOptions hami = HamiOptions.defaults();
    private PierflowOptions pierflow = PierflowOptions.defaults();

    private Builder() {}

    /**
     * How many synthetic patients there are.
     *
     * @param number 25 by default
     * @return this builder
     */
    public Builder patients(int number) {
      patients = number;
      return this;
    }

    /**
     * Where the synthetic patients' randomness starts: the same seed makes the same patients.
     *
     * @param number 2026 by default
     * @return this builder
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * Serves the FHIR R4 Bundles of a folder in place of synthetic patients. References by {@code
     * urn:uuid:} become {@code Type/id}; a resource without an id takes it from its {@code
     * fullUrl}.
     *
     * @param bundles a folder with {@code *.json} files
     * @return this builder
     */
    public Builder data(Path bundles) {
      folder = bundles;
      return this;
    }

    /**
     * How the Bulk FHIR server behaves.
     *
     * @param options {@link BulkFhirOptions#defaults()} by default
     * @return this builder
     */
    public Builder bulkFhir(BulkFhirOptions options) {
      bulkFhir = options;
      return this;
    }

    /**
     * How HAMI behaves.
     *
     * @param options {@link HamiOptions#defaults()} by default
     * @return this builder
     */
    public Builder hami(HamiOptions options) {
      hami = options;
      return this;
    }

    /**
     * How Pierflow behaves.
     *
     * @param options {@link PierflowOptions#defaults()} by default
     * @return this builder
     */
    public Builder pierflow(PierflowOptions options) {
      pierflow = options;
      return this;
    }

    /**
     * Makes the data; each server starts when it is first asked for.
     *
     * @return the sandbox
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public PartnerSandbox start() {
      return new PartnerSandbox(bulkFhir, dataset(), hami, pierflow);
    }

    private Dataset dataset() {
      return folder == null
          ? SyntheticPatients.generate(patients, seed, Canary.FAMILY)
          : BundleFolder.read(folder);
    }
  }
}
