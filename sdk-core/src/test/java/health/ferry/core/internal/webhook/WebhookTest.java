package health.ferry.core.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.Secret;
import health.ferry.core.WebhookReplayStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  @Test
  void any_of_the_keys_is_accepted() {
    WebhookKeys keys = new WebhookKeys(List.of(Secret.of("new-key"), Secret.of("old-key")));

    assertThat(keys.accept("new-key")).isTrue();
    assertThat(keys.accept("old-key")).isTrue();
    assertThat(keys).hasToString("2 keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "new-ke", "new-key ", "NEW-KEY", "new-keyold-key"})
  void anything_else_is_not(String presented) {
    WebhookKeys keys = new WebhookKeys(List.of(Secret.of("new-key"), Secret.of("old-key")));

    assertThat(keys.accept(presented)).isFalse();
  }

  @Test
  void a_header_is_found_whatever_its_case_and_only_when_it_stands_once() {
    assertThat(WebhookHeaders.single(Map.of("x-Api-kEy", List.of("a")), "X-API-KEY")).contains("a");
    assertThat(WebhookHeaders.single(Map.of("X-Api-Key", List.of("a", "b")), "X-API-KEY"))
        .isEmpty();
    assertThat(
            WebhookHeaders.single(
                Map.of("X-API-KEY", List.of("a"), "x-api-key", List.of("a")), "X-API-KEY"))
        .isEmpty();
    assertThat(WebhookHeaders.single(Map.of(), "X-API-KEY")).isEmpty();
  }

  @Test
  void a_body_is_read_up_to_its_limit() throws IOException {
    assertThat(WebhookBody.read(new ByteArrayInputStream(new byte[8]), 8))
        .hasValueSatisfying(body -> assertThat(body).hasSize(8));
    assertThat(WebhookBody.read(new ByteArrayInputStream(new byte[9]), 8)).isEmpty();
  }

  @Test
  void a_message_is_new_once_until_it_is_forgotten() {
    WebhookReplayStore store = WebhookReplayStore.inMemory(10);

    assertThat(store.add("a")).isTrue();
    assertThat(store.add("a")).isFalse();
    store.remove("a");
    assertThat(store.add("a")).isTrue();
  }

  @Test
  void a_store_in_memory_forgets_the_first_that_came() {
    WebhookReplayStore store = WebhookReplayStore.inMemory(3);

    IntStream.range(0, 4).forEach(number -> store.add("m" + number));

    assertThat(store.add("m3")).isFalse();
    assertThat(store.add("m1")).isFalse();
    assertThat(store.add("m0")).isTrue();
    assertThatThrownBy(() -> WebhookReplayStore.inMemory(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_message_that_its_consumer_refused_is_forgotten_and_one_that_it_took_is_not() {
    WebhookReplayStore store = WebhookReplayStore.inMemory(10);
    List<String> taken = new ArrayList<>();
    store.add("a");
    store.add("b");

    Delivery.handOn("message a", "a", store, taken::add);
    assertThatThrownBy(() -> Delivery.handOn("message b", "b", store, List.of()::add))
        .isInstanceOf(UnsupportedOperationException.class);

    assertThat(taken).containsExactly("message a");
    assertThat(store.add("a")).isFalse();
    assertThat(store.add("b")).isTrue();
  }

  @Test
  void a_message_id_has_one_length_and_tells_where_one_part_ends() {
    String id = MessageId.of("some-kind", bytes("ab"), bytes("c"));

    assertThat(id).matches("some-kind-[0-9a-f]{64}").doesNotContain("ab");
    assertThat(MessageId.of("some-kind", bytes("ab"), bytes("c"))).isEqualTo(id);
    assertThat(MessageId.of("some-kind", bytes("a"), bytes("bc"))).isNotEqualTo(id);
    assertThat(MessageId.of("some-kind", bytes("abc"))).isNotEqualTo(id);
    assertThat(MessageId.of("other-kind", bytes("ab"), bytes("c"))).isNotEqualTo(id);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
