package health.ferry.core.internal.auth;

import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** How a client proves to the token endpoint who it is. Asked anew for each attempt. */
@FunctionalInterface
public interface ClientAuthentication {

  /** Adds the proof to the form or to the request's headers. */
  void prove(FormBody.Builder form, Request.Builder request, HttpUrl tokenUrl);
}
