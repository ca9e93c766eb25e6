package health.ferry.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What a first GET costs with OkHttp alone: no checks, no retries, no atomic file. */
public final class BareGet {

  private BareGet() {}

  /**
   * One GET in a new JVM; prints how many seconds it took from here on.
   *
   * @param args the URL and the file
   * @throws IOException when it fails
   */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    OkHttpClient client = new OkHttpClient();
    Request request = new Request.Builder().url(args[0]).build();
    try (Response response = client.newCall(request).execute();
        InputStream body = response.body().byteStream()) {
      Files.copy(body, Path.of(args[1]));
    }
    System.out.println(OtherProcess.since(start));
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
