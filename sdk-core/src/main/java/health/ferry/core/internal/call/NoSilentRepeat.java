package health.ferry.core.internal.call;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a request twice by itself: it does so on a 503 with {@code Retry-After:
 * 0}, whatever its settings. Without the header the answer means the same: come back at any time.
 */
final class NoSilentRepeat implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String hint = response.header("Retry-After");
    return response.code() == 503 && hint != null && hint.matches("0+")
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }
}
