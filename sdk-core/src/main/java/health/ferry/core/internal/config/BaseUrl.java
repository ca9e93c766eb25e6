package health.ferry.core.internal.config;

import health.ferry.core.Violation;
import health.ferry.core.internal.call.UrlPolicy;
import java.util.List;
import okhttp3.HttpUrl;

/** The caller's own URL of a server, with or without a slash at its end. */
public final class BaseUrl {

  private BaseUrl() {}

  /** Adds what is wrong with it, without its text. */
  public static void check(
      String setting, String text, UrlPolicy urls, List<Violation> violations) {
    HttpUrl url = HttpUrl.parse(withoutLastSlash(text));
    if (url == null) {
      violations.add(new Violation(setting, "must be an http or https URL"));
      return;
    }
    urls.objection(url).ifPresent(rule -> violations.add(new Violation(setting, rule)));
    if (url.query() != null || url.fragment() != null) {
      violations.add(new Violation(setting, "must have neither query nor fragment"));
    }
  }

  /** The URL of a text that has been checked. */
  public static HttpUrl of(String checked) {
    return HttpUrl.get(withoutLastSlash(checked));
  }

  private static String withoutLastSlash(String url) {
    return url.strip().replaceAll("/+$", "");
  }
}
