package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing to look at in the resource of an entry. Takes any JSON object: nothing in it need be
 * what FHIR says, and nothing in it may make a rule throw. A rule names no value.
 */
@FunctionalInterface
public interface ResourceRule {

  /**
   * Looks at a resource of one of the types that HAMI takes.
   *
   * @param findings takes what was found, by paths from the resource on, such as {@code
   *     component[0].code}
   */
  void check(JsonNode resource, Findings findings);
}
