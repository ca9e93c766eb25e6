package health.ferry.bulkfhir;

import health.ferry.fhir.RawResource;

/**
 * Where the changes of an {@link ExportIncrement} are applied: a database, an index, a folder.
 *
 * <p>Called by one thread. A run that was interrupted begins again from the first change, so both
 * methods must bear to be called again with the same values, as a put and a delete by key do.
 */
public interface ResourceStore {

  /**
   * Keeps a resource that is new or has changed, in place of what the store has under its type and
   * id.
   *
   * @param resource the whole resource
   */
  void put(RawResource resource);

  /**
   * Forgets a resource that was deleted on the server; the store may not have it.
   *
   * @param type the resource type
   * @param id the resource's id
   */
  void delete(String type, String id);
}
