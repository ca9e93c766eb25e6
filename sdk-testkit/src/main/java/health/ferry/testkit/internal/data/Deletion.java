package health.ferry.testkit.internal.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is no more.
 *
 * @param type the resource type
 * @param id the logical id
 * @param patientId the patient in whose compartment it lay; null for none
 * @param time when it was deleted
 */
public record Deletion(String type, String id, @Nullable String patientId, Instant time) {}
