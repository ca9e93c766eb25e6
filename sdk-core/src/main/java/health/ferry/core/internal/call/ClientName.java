package health.ferry.core.internal.call;

import java.util.Optional;
import okhttp3.OkHttp;

/**
 * What a client is called.
 *
 * @param partner as people write it, for errors: {@code Bulk FHIR}
 * @param agent for the User-Agent, threads and registries: {@code ferry-bulkfhir}
 */
public record ClientName(String partner, String agent) {

  String userAgent(Optional<String> application) {
    String own =
        "%s/%s (java/%d; okhttp/%s)"
            .formatted(
                agent,
                Version.FERRY,
                Runtime.version().feature(),
                OkHttp.VERSION.split("\\.", 2)[0]);
    return application.map(name -> own + " " + name).orElse(own);
  }
}
