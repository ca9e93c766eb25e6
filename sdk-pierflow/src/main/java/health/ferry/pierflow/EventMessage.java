package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.webhook.MessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A webhook's body: {@code event}, {@code emitted_at}, {@code partner_id}, {@code data}. */
final class EventMessage {

  private static final Map<PierflowEventType, BiFunction<EventMessage, Boolean, PierflowEvent>>
      KINDS =
          Map.of(
              PierflowEventType.IMPORT_PACKAGE_READY, ImportPackageReady::new,
              PierflowEventType.PROCESSING_JOB_COMPLETED, ProcessingJobCompleted::new,
              PierflowEventType.PROCESSING_JOB_FAILED, ProcessingJobFailed::new,
              PierflowEventType.TEST_PING, TestPing::new);

  /** The field that names what an event is about. */
  private static final Map<PierflowEventType, String> SUBJECTS =
      Map.of(
          PierflowEventType.IMPORT_PACKAGE_READY, "package_id",
          PierflowEventType.PROCESSING_JOB_COMPLETED, "job_id",
          PierflowEventType.PROCESSING_JOB_FAILED, "job_id");

  private final PierflowEventType type;
  private final Fields envelope;
  private final byte[] body;

  private EventMessage(PierflowEventType type, Fields envelope, byte[] body) {
    this.type = type;
    this.envelope = envelope;
    this.body = body;
  }

  /**
   * Reads a body that has been verified.
   *
   * @throws InvalidInputException when it is no JSON object, or does not say what it is about
   */
  static EventMessage read(byte[] body, CallInfo call) {
    Fields envelope = new Fields(object(body, call));
    String type =
        envelope
            .text("event")
            .orElseThrow(() -> refused(call, "event", "must be there, and not blank"));
    EventMessage message = new EventMessage(PierflowEventType.of(type), envelope, body);
    String subject = SUBJECTS.get(message.type);
    if (subject != null && message.subject().isEmpty()) {
      throw refused(call, "data." + subject, "must be there, and not blank");
    }
    return message;
  }

  PierflowEventType type() {
    return type;
  }

  Fields envelope() {
    return envelope;
  }

  byte[] body() {
    return body;
  }

  Fields data() {
    return envelope.object("data");
  }

  Optional<String> subject() {
    return Optional.ofNullable(SUBJECTS.get(type)).flatMap(data()::text);
  }

  PierflowEvent event(boolean repeated) {
    return KINDS.getOrDefault(type, OtherEvent::new).apply(this, repeated);
  }

  /**
   * What it is known again by, since Pierflow gives it no id (fact sheet, 9): what happened to
   * which package or job. A job may be read twice, once before a person looked at it and once
   * after, so its state counts too. Any other event is known by its bytes, which a second delivery
   * repeats.
   */
  String id() {
    return subject()
        .map(subject -> id(type.value(), subject, outcome()))
        .orElseGet(() -> MessageId.of("pierflow-event", body));
  }

  private String outcome() {
    return data().text("job_status").or(() -> data().text("error_code")).orElse("");
  }

  private static String id(String type, String subject, String outcome) {
    return MessageId.of("pierflow-event", bytes(type), bytes(subject), bytes(outcome));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode object(byte[] body, CallInfo call) {
    try {
      JsonNode tree = JsonTree.read(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (IOException broken) {
      // Its message may quote the body.
      throw refused(call, "body", "must be JSON");
    }
    throw refused(call, "body", "must be a JSON object");
  }

  private static InvalidInputException refused(CallInfo call, String path, String rule) {
    return new InvalidInputException(call, List.of(new Violation(path, rule)));
  }
}
