package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import java.util.List;
import java.util.Optional;

/**
 * The input, one patient's resources at a time, each resource in exactly one group and what came in
 * twice only once. Groups come in the order in which their first resource came in, and so do the
 * resources of a group. Resources of no patient, not even through references, are groups too.
 *
 * <p>Each call of {@link #iterator()} begins anew with the same groups; an earlier iteration is
 * then over. Not thread-safe. Reading throws {@code InvalidInputException} for what is no input.
 */
public interface PatientGroups extends Iterable<List<InputDocument>>, AutoCloseable {

  /**
   * The one input that a reference means, in whichever group it is.
   *
   * @param key as {@link ReferenceKey} writes it: {@code Type/id}, a full URL, or {@code
   *     Type?identifier=system|value}
   * @return empty when no input has this key, or when more than one has this identifier
   */
  Optional<InputDocument> find(String key);

  /** Lets go of files; there are no more groups then. */
  @Override
  void close();
}
