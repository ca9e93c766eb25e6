package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The rate limit that the pages describe and the code does not have. */
class PierflowAllowanceTest extends FreshPierflow {

  private HttpResponse<String> list() throws Exception {
    return calls.get(calls.listPath());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void has_neither_limit_nor_headers_by_default() throws Exception {
    assertThat(list().headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"));
  }

  @Test
  void counts_down_and_refuses_until_the_minute_is_over() throws Exception {
    partner.stopClock();
    partner.options(PierflowOptions.defaults().perMinute(2));
    HttpResponse<String> first = list();
    assertThat(header(first, "X-RateLimit-Limit")).isEqualTo("2");
    assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo("1");
    long reset = Long.parseLong(header(first, "X-RateLimit-Reset"));
    assertThat(reset % 60).isZero();
    assertThat(header(list(), "X-RateLimit-Remaining")).isEqualTo("0");
    HttpResponse<String> refused = list();
    error(refused, 429, "RATE_LIMITED");
    long wait = Long.parseLong(header(refused, "Retry-After"));
    assertThat(wait).isBetween(1L, 60L);
    assertThat(header(refused, "X-RateLimit-Reset")).isEqualTo(Long.toString(reset));
    partner.moveClock(Duration.ofSeconds(wait));
    assertThat(list().statusCode()).isEqualTo(200);
  }
}
