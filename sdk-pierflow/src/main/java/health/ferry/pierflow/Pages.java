package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.pierflow.internal.SafeName;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a list of the server's, one page in memory at a time. The server's generations page
 * in two ways (fact sheet, 3.4 and 3.5): by {@code next_cursor} where an answer has it, else by
 * {@code page} and {@code total}; an answer with neither is all there is.
 *
 * <p>Used by one thread.
 */
final class Pages<T> implements Iterator<T> {

  private final PierflowServer server;
  private final String route;
  private final HttpUrl first;
  private final String name;
  private final BiFunction<Fields, CallInfo, T> reader;
  private final Supplier<CallContext> calls;
  private final Set<String> cursors = new HashSet<>();
  private final Queue<T> items = new ArrayDeque<>();
  private int page = 1;
  private @Nullable HttpUrl next;

  /**
   * Asks nothing yet.
   *
   * @param name of the array in each answer
   * @param reader makes an item of an object of the array
   * @param calls each page is a call of its own, since the caller may take long between them
   */
  Pages(
      PierflowServer server,
      String route,
      HttpUrl first,
      String name,
      BiFunction<Fields, CallInfo, T> reader,
      Supplier<CallContext> calls) {
    this.server = server;
    this.route = route;
    this.first = first;
    this.name = name;
    this.reader = reader;
    this.calls = calls;
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    if (items.isEmpty() && next != null) {
      fetch(next);
    }
    return !items.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return items.remove();
  }

  private void fetch(HttpUrl url) {
    CallContext call = calls.get();
    Fields answer = new Fields(server.get(route, url, call));
    JsonNode listed = answer.json().path(name);
    if (!listed.isArray()) {
      throw new UnexpectedResponseException(call.info(), "the answer has no " + name, null);
    }
    Fields pagination = answer.object("pagination");
    Optional<HttpUrl> onward =
        pagination.has("next_cursor")
            ? pagination.text("next_cursor").map(cursor -> behind(cursor, call.info()))
            : nextPage(pagination, listed.size(), call.info());
    if (listed.isEmpty() && onward.isPresent()) {
      throw new UnexpectedResponseException(
          call.info(), "an empty page of " + name + " has another one behind it", null);
    }
    for (JsonNode item : listed) {
      items.add(reader.apply(new Fields(item), call.info()));
    }
    next = onward.orElse(null);
  }

  private HttpUrl behind(String cursor, CallInfo call) {
    if (!cursors.add(cursor)) {
      throw new UnexpectedResponseException(
          call,
          "the pages lead in a circle: cursor " + SafeName.shown(cursor) + " came again",
          null);
    }
    return first.newBuilder().setQueryParameter("cursor", cursor).build();
  }

  private Optional<HttpUrl> nextPage(Fields pagination, int size, CallInfo call) {
    OptionalInt told = pagination.number("page");
    if (told.isPresent() && told.getAsInt() != page) {
      throw new UnexpectedResponseException(
          call, "page " + told.getAsInt() + " came instead of page " + page, null);
    }
    OptionalInt total = pagination.number("total");
    OptionalInt perPage = pagination.number("per_page");
    boolean last =
        told.isEmpty()
            || total.isEmpty()
            || perPage.isEmpty()
            || size == 0
            || (long) page * perPage.getAsInt() >= total.getAsInt();
    if (last) {
      return Optional.empty();
    }
    page++;
    return Optional.of(
        first.newBuilder().setQueryParameter("page", Integer.toString(page)).build());
  }
}
