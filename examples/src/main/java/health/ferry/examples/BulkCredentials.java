package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClientBuilder;
import health.ferry.bulkfhir.SigningKey;
import health.ferry.core.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The ways to prove to a Bulk FHIR server who calls. */
final class BulkCredentials {

  /** The environment variable that holds a token when no option names another way. */
  static final String TOKEN_VARIABLE = "BULKFHIR_TOKEN";

  @Option(
      names = "--token",
      required = true,
      paramLabel = "T",
      description =
          "A bearer token, for trials: others on this machine can read a command line."
              + " Without any credential here, the one in $"
              + TOKEN_VARIABLE
              + ", if set.")
  private @Nullable String token;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private @Nullable Client client;

  /** A client that gets its own tokens. */
  static final class Client {
    @Option(
        names = "--client-id",
        required = true,
        paramLabel = "ID",
        description = "The client that gets tokens at the server's token endpoint.")
    private String id = "";

    @ArgGroup(multiplicity = "1")
    private Proof proof = new Proof();
  }

  /** How a client proves who it is. */
  static final class Proof {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Key key;

    @Option(
        names = "--client-secret-env",
        required = true,
        paramLabel = "VAR",
        description = "The environment variable that holds the client's secret.")
    private @Nullable String secretVariable;
  }

  /** A key of SMART Backend Services. */
  static final class Key {
    @Option(
        names = "--private-key",
        required = true,
        paramLabel = "FILE",
        description = "The client's private key: a JWK or a PKCS #8 PEM, RSA or EC P-384.")
    private Path file = Path.of("");

    @Option(
        names = "--key-id",
        paramLabel = "K",
        description = "The id under which the public key is registered; a JWK may hold it.")
    private @Nullable String id;
  }

  static boolean isTokenInEnvironment() {
    String value = System.getenv(TOKEN_VARIABLE);
    return value != null && !value.isBlank();
  }

  void applyTo(BulkFhirClientBuilder builder) {
    if (token != null) {
      builder.token(Secret.of(token));
    }
    if (client != null && client.proof.key != null) {
      Key key = client.proof.key;
      builder.backendServices(client.id, SigningKey.fromFile(key.file, key.id));
    }
    if (client != null && client.proof.secretVariable != null) {
      builder.clientCredentials(client.id, Secret.fromEnv(client.proof.secretVariable));
    }
  }
}
