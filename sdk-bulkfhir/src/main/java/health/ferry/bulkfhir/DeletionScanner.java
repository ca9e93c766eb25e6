package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.core.internal.json.JsonTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of transaction bundles, one bundle a line, and keeps no more than the entry it
 * stands at: a bundle may be as long as a line.
 */
final class DeletionScanner implements Closeable {

  private final JsonParser json;
  private boolean inEntries;
  private @Nullable String resourceType;
  private @Nullable String method;
  private @Nullable String url;

  DeletionScanner(InputStream file) throws IOException {
    this.json = JsonTree.parser(file);
  }

  /** Moves to the next entry, or to the end of what is no bundle; false at the file's end. */
  boolean advance() throws IOException {
    method = null;
    url = null;
    while (true) {
      JsonToken token = json.nextToken();
      if (token == null) {
        return false;
      }
      if (inEntries && token == JsonToken.END_ARRAY) {
        inEntries = false;
      } else if (inEntries) {
        readEntry();
        return true;
      } else if (token == JsonToken.START_OBJECT) {
        resourceType = null;
      } else if (token == JsonToken.FIELD_NAME) {
        readMember(json.currentName());
      } else if (!"Bundle".equals(resourceType)) {
        return true;
      }
    }
  }

  /** What the entry deletes; empty when it does not delete one resource by its id. */
  Optional<DeletedResource> deleted() {
    return "DELETE".equals(method) && url != null ? DeletedReference.parse(url) : Optional.empty();
  }

  /** The line that the entry stands in, from 1. */
  long lineNumber() {
    return json.currentTokenLocation().getLineNr();
  }

  private void readMember(String name) throws IOException {
    JsonToken value = json.nextToken();
    if (name.equals("entry") && value == JsonToken.START_ARRAY) {
      inEntries = true;
      return;
    }
    if (name.equals("resourceType")) {
      resourceType = json.getValueAsString();
    }
    json.skipChildren();
  }

  private void readEntry() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRequest = json.currentName().equals("request");
      if (json.nextToken() == JsonToken.START_OBJECT && isRequest) {
        readRequest();
      } else {
        json.skipChildren();
      }
    }
  }

  private void readRequest() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "method" -> method = json.getValueAsString();
        case "url" -> url = json.getValueAsString();
        default -> {}
      }
      json.skipChildren();
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
