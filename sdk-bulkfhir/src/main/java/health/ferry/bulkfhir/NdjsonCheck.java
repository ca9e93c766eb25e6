package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.transfer.ContentCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sees that a file is NDJSON, counts its resources, and finds a file out that ends in the middle of
 * a line.
 */
final class NdjsonCheck implements ContentCheck {

  private final String fileName;
  private final Optional<String> type;
  private final OptionalLong promised;
  private final CallInfo call;
  private long position;
  private long resources;
  private long lineStart;
  private boolean inResource;

  NdjsonCheck(NdjsonPromise promise, CallInfo call) {
    this.fileName = promise.fileName();
    this.type = promise.type();
    this.promised = promise.count();
    this.call = call;
  }

  java.util.Map<String, Long> counts() {
    return resources == 0
        ? java.util.Map.of()
        : java.util.Map.of(type.orElse("Resource"), resources);
  }

  /** How many resources have ended so far. */
  long resources() {
    return resources;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (inResource) {
        i = lineEnd(bytes, i, end);
        if (i < end) {
          resources++;
          inResource = false;
        }
      } else if (bytes[i] == '\n') {
        i++;
        lineStart = position + (i - offset);
      } else {
        inResource = isResource(bytes[i], position + (i - offset));
        i++;
      }
    }
    position += length;
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Whether a resource begins here; white space and a byte order mark may come before it. */
  private boolean isResource(byte b, long at) {
    boolean skipped = b == ' ' || b == '\t' || b == '\r' || (at < 3 && b < 0);
    if (!skipped && b != '{') {
      throw new IntegrityException(
          call,
          b == '<'
              ? fileName + " holds HTML or XML instead of resources"
              : fileName + " has a line that is no JSON object, line " + (resources + 1),
          null);
    }
    return !skipped;
  }

  @Override
  public void finish(Path content) throws IOException {
    if (inResource) {
      requireWholeLastLine(content);
      resources++;
      inResource = false;
    }
    if (type.isPresent() && resources > 0) {
      requireType(type.get(), content);
    }
    if (promised.isPresent() && promised.getAsLong() != resources) {
      throw new IntegrityException(
          call,
          "%s holds %d resources, the manifest says %d"
              .formatted(fileName, resources, promised.getAsLong()),
          null);
    }
  }

  /** A server's error, or HAPI's Binary around a file, comes as one resource of another type. */
  private void requireType(String wanted, Path content) throws IOException {
    try (InputStream file = Files.newInputStream(content);
        JsonParser json = JsonTree.parser(file)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isType = json.currentName().equals("resourceType");
        json.nextToken();
        if (isType && wanted.equals(json.getValueAsString())) {
          return;
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException broken) {
      // Thrown below, without Jackson's message: it quotes the line.
    }
    throw new IntegrityException(call, fileName + " does not hold " + wanted + " resources", null);
  }

  /** Only a last line without its end can be cut without any other sign of it. */
  private void requireWholeLastLine(Path content) throws IOException {
    try (FileChannel channel = FileChannel.open(content, StandardOpenOption.READ);
        InputStream line = Channels.newInputStream(channel.position(lineStart));
        JsonParser json = JsonTree.parser(line)) {
      json.nextToken();
      json.skipChildren();
      if (json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null) {
        return;
      }
    } catch (JsonProcessingException cut) {
      // Thrown below, without Jackson's message: it quotes the line.
    }
    throw new IntegrityException(call, fileName + " ends in the middle of a resource", null);
  }
}
