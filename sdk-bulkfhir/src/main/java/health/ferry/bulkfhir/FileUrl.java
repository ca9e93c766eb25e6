package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.UrlPolicy;
import java.util.Optional;
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
    return new FileUrl(url, relative ? CredentialScope.OWN_ORIGIN : CredentialScope.NONE);
  }

  /**
   * The same with the token, for a manifest that does not say whether it is needed (HAPI#4051): the
   * server that asks for its own token may have it. Empty where nobody may.
   */
  Optional<FileUrl> asked(ManifestFile file, HttpUrl base) {
    boolean unsaid = file.requiresAccessToken().isEmpty() && credential == CredentialScope.NONE;
    return unsaid && Origin.of(url).equals(Origin.of(base))
        ? Optional.of(new FileUrl(url, CredentialScope.OWN_ORIGIN))
        : Optional.empty();
  }

  /** Relative URLs stand below the FHIR base; null for what is no http or https URL. */
  static @Nullable HttpUrl resolve(ManifestFile file, HttpUrl base) {
    HttpUrl folder = base.newBuilder().addPathSegment("").build();
    return folder.resolve(file.url());
  }
}
