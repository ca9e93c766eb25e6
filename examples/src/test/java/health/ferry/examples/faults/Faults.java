package health.ferry.examples.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.examples.faults.Reply.Ending;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Faults that more than one stage can commit. */
final class Faults {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Faults() {}

  static Fault reply(Reply reply) {
    return incident -> reply;
  }

  static Fault status(int status) {
    return reply(Reply.of(status));
  }

  static Fault html(int status) {
    return reply(Reply.html(status));
  }

  static Fault outcome(int status, String code) {
    return reply(Reply.outcome(status, code));
  }

  static Fault busy(int status, String hint) {
    return reply(Reply.of(status).with("Retry-After", hint));
  }

  /** The honest answer, but for something. */
  static Fault altered(UnaryOperator<Reply> change) {
    return incident -> change.apply(incident.honest());
  }

  /** The request is read and done, and the answer is lost. */
  static Fault lostAnswer() {
    return incident -> {
      incident.honest();
      return reset().commit(incident);
    };
  }

  static Fault cutAfter(int bytes) {
    return altered(honest -> honest.ending(Ending.CUT, bytes));
  }

  static Fault resetAfter(int bytes) {
    return altered(honest -> honest.ending(Ending.RESET, bytes));
  }

  static Fault stallAfter(int bytes) {
    return altered(honest -> honest.ending(Ending.STALL, bytes));
  }

  /** Not a byte of an answer, and the connection stays open. */
  static Fault silence() {
    return incident ->
        socket -> {
          Reply.awaitClientGone(socket);
          return false;
        };
  }

  /** The connection is reset before anything is done. */
  static Fault reset() {
    return incident ->
        socket -> {
          socket.setSoLinger(true, 0);
          return false;
        };
  }

  /** Exactly these bytes. */
  static Fault bytes(String text) {
    return incident ->
        socket -> {
          socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
          socket.getOutputStream().flush();
          socket.shutdownOutput();
          return false;
        };
  }

  static Fault redirect(int status, String location) {
    return reply(Reply.of(status).with("Location", location));
  }

  /** The honest answer's JSON, changed. */
  static Fault json(Consumer<ObjectNode> change) {
    return json((incident, json) -> change.accept(json));
  }

  static Fault json(BiConsumer<Incident, ObjectNode> change) {
    return incident -> {
      Reply honest = incident.honest();
      ObjectNode json = tree(honest);
      change.accept(incident, json);
      return honest.body(json.toString());
    };
  }

  static ObjectNode tree(Reply reply) {
    try {
      return (ObjectNode) JSON.readTree(reply.text());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The entry of patients in a manifest. */
  static ObjectNode patients(ObjectNode manifest) {
    return (ObjectNode) output(manifest).get(0);
  }

  static ArrayNode output(ObjectNode manifest) {
    return (ArrayNode) manifest.get("output");
  }
}
