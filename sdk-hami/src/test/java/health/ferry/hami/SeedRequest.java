package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The sample request of HAMI's Universal Ingestion API, as its public page shows it. */
final class SeedRequest {

  private SeedRequest() {}

  static JsonNode bundle() {
    try (InputStream in = SeedRequest.class.getResourceAsStream("/seed/request.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The five resources, in order. */
  static List<JsonNode> resources() {
    return StreamSupport.stream(bundle().get("entry").spliterator(), false)
        .map(entry -> entry.get("resource"))
        .toList();
  }

  static String fullUrl(int entry) {
    return bundle().at("/entry/" + entry + "/fullUrl").textValue();
  }
}
