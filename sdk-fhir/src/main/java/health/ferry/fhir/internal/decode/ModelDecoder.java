package health.ferry.fhir.internal.decode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the JSON of a resource into the model that HAPI's parser would give, or says that it does
 * not know. Thread-safe; holds the tables of the types it has met.
 */
public final class ModelDecoder {

  private final FhirContext context;
  private final ElementTables tables;

  /**
   * Makes a decoder.
   *
   * @param context whose models it makes
   */
  public ModelDecoder(FhirContext context) {
    this.context = context;
    this.tables = new ElementTables(context);
  }

  /**
   * Decodes a resource.
   *
   * @param resourceType the type that the JSON states; one that R4 knows
   * @param json a parser before the first token of text that holds one object
   * @return the model; null where only HAPI's parser knows what to do, be it to take the resource
   *     or to refuse it
   */
  public @Nullable Resource decode(String resourceType, JsonParser json) {
    // A profile may stand for another model.
    if (context.hasDefaultTypeForProfile() || context.isStoreResourceJson()) {
      return null;
    }
    try {
      RuntimeResourceDefinition type = context.getResourceDefinition(resourceType);
      return new ResourceDecoding(context, tables, json).decode(type);
    } catch (UnsureException | IOException | RuntimeException unsure) {
      // Broken JSON, or a value that the model refuses: HAPI's parser says what is wrong.
      return null;
    }
  }
}
