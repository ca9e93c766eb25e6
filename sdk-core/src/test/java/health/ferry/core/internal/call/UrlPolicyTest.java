package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs Ferry talks to: the caller's own, and those that a server hands out. */
class UrlPolicyTest {

  private static final CallInfo CALL = CallInfo.of("Partner", "read");
  private static final Origin PARTNER = Origin.of(HttpUrl.get("https://partner.test/"));
  private static final Origin SANDBOX = Origin.of(HttpUrl.get("http://127.0.0.1:8080/"));

  private final UrlPolicy policy = new UrlPolicy(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://partner.test/fhir",
        "http://localhost:8080/",
        "http://sandbox.localhost/",
        "http://127.0.0.1/",
        "http://127.8.9.10:99/",
        "http://[::1]:8080/"
      })
  void https_and_loopback_are_fine(String url) {
    assertThat(policy.objection(HttpUrl.get(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://partner.test/",
        "http://10.0.0.1/",
        "http://[2001:db8::1]/",
        "http://127.0.0.1.partner.test/",
        "http://localhost.partner.test/"
      })
  void http_elsewhere_needs_the_caller_s_word(String url) {
    assertThat(policy.objection(HttpUrl.get(url))).get().asString().contains("must be https");
    assertThat(new UrlPolicy(true).objection(HttpUrl.get(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user@partner.test/", "https://user:word@partner.test/"})
  void user_and_password_are_refused(String url) {
    assertThat(policy.objection(HttpUrl.get(url)))
        .contains("must not hold a user name or password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/",
        "https://[fe80::1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://localhost/",
        "http://partner.test/"
      })
  void a_server_may_not_hand_out_an_address_that_only_this_machine_sees(String url) {
    assertThatThrownBy(() -> policy.requireHandedOut(HttpUrl.get(url), PARTNER, "status URL", CALL))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageStartingWith("Partner read failed: the status URL that the server named must");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://files.partner.test/1", "https://10.1.2.3/file"})
  void another_host_may_be_handed_out(String url) {
    assertThatCode(() -> policy.requireHandedOut(HttpUrl.get(url), PARTNER, "file URL", CALL))
        .doesNotThrowAnyException();
  }

  @Test
  void a_sandbox_on_this_machine_may_hand_out_another_port_here() {
    assertThatCode(
            () ->
                policy.requireHandedOut(
                    HttpUrl.get("http://localhost:9090/file"), SANDBOX, "file URL", CALL))
        .doesNotThrowAnyException();
  }
}
