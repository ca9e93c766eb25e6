package health.ferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The JDK's client, in one line a call. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Http() {}

  static HttpResponse<String> get(String url, String... headers)
      throws IOException, InterruptedException {
    return send(request(url, headers).GET());
  }

  static HttpResponse<byte[]> getBytes(String url, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(
        request(url, headers).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static HttpResponse<String> head(String url) throws IOException, InterruptedException {
    return send(request(url).method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  static HttpResponse<String> delete(String url, String... headers)
      throws IOException, InterruptedException {
    return send(request(url, headers).DELETE());
  }

  static HttpResponse<String> post(String url, String body, String... headers)
      throws IOException, InterruptedException {
    return send(request(url, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> post(String url, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(request(url, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  static HttpResponse<String> postForm(String url, String form, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(url, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest.Builder request(String url, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
