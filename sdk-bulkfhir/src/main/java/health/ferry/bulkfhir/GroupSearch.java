package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.fhir.internal.OutcomeErrors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Finds all groups of a server, page by page as they are asked for ({@code GET [base]/Group}; FHIR
 * R4, "Paging").
 *
 * <p>Used by one thread.
 */
final class GroupSearch implements Iterator<ExportableGroup> {

  private static final int MAX_PAGES = 1_000;

  private final Transport transport;
  private final CallContext call;
  private final Set<HttpUrl> seen = new HashSet<>();
  private final Queue<ExportableGroup> found = new ArrayDeque<>();
  private @Nullable HttpUrl next;

  /**
   * Makes the search; it asks nothing yet.
   *
   * @param call bounds the whole of it
   */
  GroupSearch(Transport transport, HttpUrl base, CallContext call) {
    this.transport = transport;
    this.call = call;
    this.next = base.newBuilder().addPathSegment("Group").build();
  }

  @Override
  public boolean hasNext() {
    for (HttpUrl url = next; found.isEmpty() && url != null; url = next) {
      GroupPage page = page(url);
      next = page.next().isPresent() ? nextPage(url, page.next().get()) : null;
      found.addAll(page.groups());
    }
    return !found.isEmpty();
  }

  @Override
  public ExportableGroup next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return found.remove();
  }

  private GroupPage page(HttpUrl url) {
    seen.add(url);
    return transport.send(
        Exchange.of("GET", url, seen.size() == 1 ? "/Group" : "(next page of groups)", this::read)
            .header("Accept", "application/fhir+json")
            .credential(CredentialScope.OWN_ORIGIN)
            .errors(OutcomeErrors::of)
            .build(),
        call.step("groups"));
  }

  private GroupPage read(Answer answer) throws IOException {
    return GroupPage.of(answer.raw(transport.options().maxJsonBytes()), answer.call().info());
  }

  private HttpUrl nextPage(HttpUrl asked, String named) {
    CallInfo info = call.info();
    HttpUrl url = asked.resolve(named);
    // The token goes along, so a page elsewhere is none of this server's.
    if (url == null || !Origin.of(url).equals(Origin.of(asked))) {
      throw new UnexpectedResponseException(
          info, "the next page of groups is not on the server's own origin", null);
    }
    if (seen.contains(url)) {
      throw new UnexpectedResponseException(info, "the pages of groups lead in a circle", null);
    }
    if (seen.size() >= MAX_PAGES) {
      throw new UnexpectedResponseException(info, "the pages of groups do not end", null);
    }
    return url;
  }
}
