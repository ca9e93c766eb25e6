package health.ferry.core.internal.call;

import okhttp3.HttpUrl;

/** Scheme, host and port: what a credential belongs to. */
public record Origin(String scheme, String host, int port) {

  public static Origin of(HttpUrl url) {
    return new Origin(url.scheme(), url.host(), url.port());
  }
}
