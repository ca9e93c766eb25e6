package health.ferry.testkit.internal.hami;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.ChangedContent;
import health.ferry.testkit.HamiAnswer;
import health.ferry.testkit.HamiOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was accepted: transactions, and the resources by {@code fullUrl}. Thread-safe. */
public final class Ingested {

  private final TransactionIds ids = new TransactionIds();
  private final Map<String, JsonNode> stored = new LinkedHashMap<>();
  private final List<Transaction> transactions = new ArrayList<>();
  private final Map<JsonNode, String> idsByBundle = new HashMap<>();

  /** Takes a valid bundle whole, or refuses it whole. */
  synchronized Transaction accept(String body, JsonNode bundle, long nanos, HamiOptions options)
      throws SubmissionRefused {
    Map<String, JsonNode> changes = new LinkedHashMap<>();
    List<String> fullUrls = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      String fullUrl = entry.path("fullUrl").asText();
      fullUrls.add(fullUrl);
      JsonNode before = stored.get(fullUrl);
      JsonNode now = entry.path("resource");
      if (before == null || isUpdate(before, now, fullUrl, options.changedContent())) {
        changes.put(fullUrl, now);
      }
    }
    stored.putAll(changes);
    String again = options.sameIdForDuplicates() ? idsByBundle.get(bundle) : null;
    Transaction transaction =
        new Transaction(
            again == null ? ids.next() : again,
            body,
            List.copyOf(fullUrls),
            changes.isEmpty(),
            nanos);
    idsByBundle.putIfAbsent(bundle, transaction.id());
    transactions.add(transaction);
    return transaction;
  }

  private static boolean isUpdate(JsonNode before, JsonNode now, String fullUrl, ChangedContent way)
      throws SubmissionRefused {
    if (before.equals(now)) {
      return false;
    }
    if (way == ChangedContent.CONFLICT) {
      throw new SubmissionRefused(
          HamiAnswer.error(409, "Conflict", "Other data is stored under " + fullUrl));
    }
    return way == ChangedContent.UPDATE;
  }

  /** The resources' JSON by {@code fullUrl}, in the order in which they first came. */
  public synchronized Map<String, String> resources() {
    Map<String, String> resources = new LinkedHashMap<>();
    stored.forEach((fullUrl, resource) -> resources.put(fullUrl, resource.toString()));
    return resources;
  }

  /** One resource's JSON, if it is there. */
  public synchronized Optional<String> resource(String fullUrl) {
    return Optional.ofNullable(stored.get(fullUrl)).map(JsonNode::toString);
  }

  /** Oldest first. */
  public synchronized List<Transaction> transactions() {
    return List.copyOf(transactions);
  }
}
