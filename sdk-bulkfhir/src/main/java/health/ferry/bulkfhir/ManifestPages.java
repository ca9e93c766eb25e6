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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Follows a manifest to its last page (M2): what {@code link.next} lists is as much part of it as
 * the first page.
 *
 * <p>Used by one thread.
 */
final class ManifestPages {

  private static final int MAX_PAGES = 1_000;

  /** All pages together may be as large as so many of the largest. */
  private static final int MAX_FULL_PAGES = 8;

  private final Transport transport;
  private final HttpUrl base;
  private final HttpUrl statusUrl;

  /** Pages that have a next one do not change any more while the job runs. */
  private final Map<HttpUrl, ManifestPage> closed = new HashMap<>();

  ManifestPages(Transport transport, HttpUrl base, HttpUrl statusUrl) {
    this.transport = transport;
    this.base = base;
    this.statusUrl = statusUrl;
  }

  /** What a job that still runs has made so far. */
  ExportManifest soFar(ManifestPage first, CallContext call) {
    return from(first, call);
  }

  /** What a job has made; each page is read anew, since its links may have been renewed. */
  ExportManifest whole(ManifestPage first, CallContext call) {
    closed.clear();
    return from(first, call);
  }

  private ExportManifest from(ManifestPage first, CallContext call) {
    List<ManifestPage> pages = new ArrayList<>(List.of(first));
    Set<HttpUrl> seen = new HashSet<>(Set.of(statusUrl));
    Optional<String> next = first.next();
    while (next.isPresent()) {
      requireBounded(pages, call.info());
      HttpUrl url = nextPage(next.get(), call.info());
      if (!seen.add(url)) {
        throw new UnexpectedResponseException(
            call.info(), "the manifest's pages lead in a circle", null);
      }
      ManifestPage known = closed.get(url);
      ManifestPage page = known == null ? fetch(url, first, call) : known;
      if (page.next().isPresent()) {
        closed.put(url, page);
      }
      pages.add(page);
      next = page.next();
    }
    return new ExportManifest(pages);
  }

  private ManifestPage fetch(HttpUrl url, ManifestPage first, CallContext call) {
    return transport.send(
        Exchange.of("GET", url, "(next manifest page)", answer -> read(answer, first))
            .header("Accept", "application/json")
            .credential(CredentialScope.OWN_ORIGIN)
            .errors(OutcomeErrors::of)
            .build(),
        call.step("manifest page"));
  }

  private ManifestPage read(Answer answer, ManifestPage first) throws IOException {
    Optional<Boolean> before = first.requiresAccessToken();
    ManifestPage page =
        ManifestPage.of(
            answer.raw(transport.options().maxJsonBytes()), before, answer.call().info());
    return answer.origin().equals(Origin.of(base)) ? page : page.ofStranger(before);
  }

  /** Pages without end would otherwise fill the memory. */
  private void requireBounded(List<ManifestPage> pages, CallInfo call) {
    long size = pages.stream().mapToLong(page -> page.raw().length()).sum();
    if (pages.size() >= MAX_PAGES
        || size > (long) MAX_FULL_PAGES * transport.options().maxJsonBytes()) {
      throw new UnexpectedResponseException(call, "the manifest's pages do not end", null);
    }
  }

  private HttpUrl nextPage(String named, CallInfo call) {
    HttpUrl url = statusUrl.resolve(named);
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the manifest's next page is no http or https URL", null);
    }
    transport.urls().requireHandedOut(url, Origin.of(base), "next manifest page", call);
    return url;
  }
}
