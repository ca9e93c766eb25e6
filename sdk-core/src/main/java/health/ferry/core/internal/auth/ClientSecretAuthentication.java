package health.ferry.core.internal.auth;

import health.ferry.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;

/** The two ways of RFC 6749 §2.3.1 to send a client's secret. */
public final class ClientSecretAuthentication {

  private ClientSecretAuthentication() {}

  /** In a Basic header; id and secret are form-encoded first, as the RFC says. */
  public static ClientAuthentication basic(String clientId, Secret secret) {
    return (form, request, tokenUrl) ->
        request.header(
            "Authorization", Credentials.basic(encoded(clientId), encoded(secret.reveal())));
  }

  /** In the form itself. */
  public static ClientAuthentication form(String clientId, Secret secret) {
    return (form, request, tokenUrl) ->
        form.add("client_id", clientId).add("client_secret", secret.reveal());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
