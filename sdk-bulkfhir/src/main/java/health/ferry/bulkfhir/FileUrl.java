package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.UrlPolicy;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a manifest's file is fetched from, and whether the token goes along.
 *
 * @param credential STU3 F1: a manifest with {@code requiresAccessToken} wants the token wherever
 *     the file lies; F2: without it, a URL that was handed out must never get one
 */
record FileUrl(HttpUrl url, CredentialScope credential) {

  static FileUrl of(ManifestFile file, HttpUrl base, UrlPolicy urls, CallInfo call) {
    HttpUrl url = resolve(file, base);
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the file URL that the server named is no http or https URL", null);
    }
    urls.requireHandedOut(url, Origin.of(base), "file URL", call);
    if (file.requiresAccessToken().orElse(false)) {
      return new FileUrl(url, CredentialScope.AS_TOLD);
    }
    // iEHR: a relative URL is a Binary of the FHIR server itself, and no capability URL.
    boolean relative = HttpUrl.parse(file.url()) == null;
    // HAPI#4051: a manifest that says nothing; the server may see its own token in any case.
    boolean unsaid = file.requiresAccessToken().isEmpty();
    return new FileUrl(url, relative || unsaid ? CredentialScope.OWN_ORIGIN : CredentialScope.NONE);
  }

  /** Relative URLs stand below the FHIR base; null for what is no http or https URL. */
  static @Nullable HttpUrl resolve(ManifestFile file, HttpUrl base) {
    HttpUrl folder = base.newBuilder().addPathSegment("").build();
    return folder.resolve(file.url());
  }
}
