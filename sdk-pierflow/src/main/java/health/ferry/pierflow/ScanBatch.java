package health.ferry.pierflow;

import health.ferry.pierflow.internal.SafeName;
import java.util.Objects;

/**
 * A batch that scanned documents are put into (fact sheet, 3.7). Immutable. Its two ids are all
 * that it takes to go on with it later.
 */
public final class ScanBatch {

  private final String organizationId;
  private final String id;

  private ScanBatch(String organizationId, String id) {
    this.organizationId = Objects.requireNonNull(organizationId, "organizationId");
    this.id = Objects.requireNonNull(id, "id");
  }

  /**
   * A batch that was made before.
   *
   * @param organizationId the organization it belongs to
   * @param id what {@link #id()} told
   * @return the batch, without a look at the server
   */
  public static ScanBatch of(String organizationId, String id) {
    return new ScanBatch(organizationId, id);
  }

  /**
   * The organization that the documents belong to.
   *
   * @return its id
   */
  public String organizationId() {
    return organizationId;
  }

  /**
   * The batch.
   *
   * @return Pierflow's id
   */
  public String id() {
    return id;
  }

  @Override
  public String toString() {
    return "ScanBatch " + SafeName.shown(id);
  }
}
