package health.ferry.bulkfhir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.ferry.core.internal.auth.ClientAuthentication;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * SMART Backend Services, "Asymmetric Client Authentication": a signed assertion that lives for
 * four minutes and is used once.
 */
final class PrivateKeyJwt implements ClientAuthentication {

  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  // A2: at most five minutes ahead; one less leaves room for clocks that differ.
  private static final Duration LIFETIME = Duration.ofMinutes(4);

  private final String clientId;
  private final SigningKey key;
  private final Time time;
  private final Supplier<String> ids;

  PrivateKeyJwt(String clientId, SigningKey key, Time time, Supplier<String> ids) {
    this.clientId = clientId;
    this.key = key;
    this.time = time;
    this.ids = ids;
  }

  @Override
  public void prove(FormBody.Builder form, Request.Builder request, HttpUrl tokenUrl) {
    form.add("client_assertion_type", ASSERTION_TYPE).add("client_assertion", assertion(tokenUrl));
  }

  private String assertion(HttpUrl tokenUrl) {
    Instant now = time.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(tokenUrl.toString())
            // Not asked for by SMART, but Keycloak refuses a longer life without it.
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(ids.get())
            .build();
    JWSHeader header =
        new JWSHeader.Builder(key.algorithm()).type(JOSEObjectType.JWT).keyID(key.keyId()).build();
    SignedJWT assertion = new SignedJWT(header, claims);
    try {
      assertion.sign(key.signer());
    } catch (JOSEException failed) {
      throw new IllegalStateException("The assertion could not be signed", failed);
    }
    return assertion.serialize();
  }
}
