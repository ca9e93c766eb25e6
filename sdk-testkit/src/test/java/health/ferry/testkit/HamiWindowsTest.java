package health.ferry.testkit;

import static health.ferry.testkit.HamiCalls.error;
import static health.ferry.testkit.HamiCalls.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both windows slide, and are counted as the server sees the requests come. */
class HamiWindowsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final PartnerSandbox sandbox = PartnerSandbox.start();
  private final HamiPartner partner = sandbox.hami();
  private final HamiCalls calls = new HamiCalls(partner);

  @BeforeEach
  void stop_the_clock() {
    partner.stopClock();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void submit(int times, int status) throws Exception {
    for (int i = 0; i < times; i++) {
      assertThat(calls.submit(visit()).statusCode()).isEqualTo(status);
    }
  }

  @Test
  void refuses_the_eleventh_request_in_a_second_as_the_reference_page_shows() throws Exception {
    submit(10, 200);
    HttpResponse<String> refused = calls.submit(visit());
    JsonNode body =
        error(refused, 429, "Too Many Requests", "Rate limit exceeded. Please try again later.");
    assertThat(body.path("retryAfter").asInt()).isEqualTo(60);
    assertThat(body).hasSize(4);
    assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
    assertThat(partner.throttled()).isEqualTo(1);
  }

  @Test
  void lets_ten_through_in_a_second_and_a_hundred_in_a_minute() throws Exception {
    for (int second = 0; second < 10; second++) {
      submit(10, 200);
      partner.moveClock(SECOND);
    }
    submit(1, 429);
    assertThat(partner.greatestInASecond()).isEqualTo(10);
    assertThat(partner.greatestInAMinute()).isEqualTo(101);
    partner.moveClock(Duration.ofSeconds(50));
    submit(10, 200);
    submit(1, 429);
    assertThat(partner.throttled()).isEqualTo(2);
  }

  @Test
  void slides_instead_of_beginning_anew() throws Exception {
    partner.options(HamiOptions.defaults().perMinute(4).perSecond(4));
    submit(2, 200);
    partner.moveClock(Duration.ofSeconds(50));
    submit(2, 200);
    submit(1, 429);
    partner.moveClock(Duration.ofSeconds(10).minusNanos(1));
    submit(1, 429);
    partner.moveClock(Duration.ofNanos(1));
    submit(2, 200);
    submit(1, 429);
    partner.moveClock(Duration.ofSeconds(50));
    submit(2, 200);
    submit(1, 429);
  }

  @Test
  void uses_nothing_up_for_a_refused_request_but_sees_it() throws Exception {
    partner.options(HamiOptions.defaults().perSecond(1));
    submit(1, 200);
    submit(3, 429);
    assertThat(partner.greatestInASecond()).isEqualTo(4);
    partner.moveClock(SECOND);
    submit(1, 200);
    assertThat(partner.throttled()).isEqualTo(3);
  }

  @Test
  void counts_no_stranger_and_each_scripted_answer() throws Exception {
    partner.options(HamiOptions.defaults().perSecond(2));
    Http.post(calls.url(), visit(), "X-API-KEY", "not-it", "Content-Type", "application/json");
    assertThat(partner.greatestInASecond()).isZero();
    partner.script(ControlAnswer.status(500));
    submit(1, 500);
    submit(1, 200);
    submit(1, 429);
  }

  @Test
  void tells_the_wait_in_a_header_when_asked() throws Exception {
    Duration wait = Duration.ofSeconds(7);
    partner.options(
        HamiOptions.defaults().perSecond(0).retryAfter(wait).waitHint(WaitHint.seconds(wait)));
    HttpResponse<String> refused = calls.submit(visit());
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    assertThat(Http.json(refused).path("retryAfter").asInt()).isEqualTo(7);
  }
}
