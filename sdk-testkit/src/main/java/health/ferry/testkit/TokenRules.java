package health.ferry.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the {@link BulkFhirPartner} hands out access tokens. Immutable; each method with an argument
 * gives a changed copy. {@link BulkFhirPartner#staticToken} is bound by none of it.
 */
public final class TokenRules implements Cloneable {

  private static final TokenRules DEFAULTS = new TokenRules();

  // Written only to a fresh copy that nobody else has seen.
  private Duration lifetime = Duration.ofMinutes(5);
  private int uses;
  private Optional<String> granted = Optional.empty();
  private boolean v1 = true;
  private boolean v2 = true;
  private boolean iat;
  private boolean assertionsOnly;

  private TokenRules() {}

  /**
   * The defaults: five minutes, any number of uses, the scopes that the client asks for in either
   * form, no {@code iat} demanded.
   *
   * @return the rules
   */
  public static TokenRules defaults() {
    return DEFAULTS;
  }

  private TokenRules copy() {
    try {
      return (TokenRules) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * How long a token is good by the partner's clock, and its {@code expires_in}.
   *
   * @param length 5 minutes by default; told in whole seconds
   * @return the changed copy
   */
  public TokenRules lifetime(Duration length) {
    TokenRules copy = copy();
    copy.lifetime = length;
    return copy;
  }

  /**
   * For how many calls a token is good, files included, whatever {@code expires_in} says.
   *
   * @param calls 0, the default, for any number
   * @return the changed copy
   */
  public TokenRules uses(int calls) {
    TokenRules copy = copy();
    copy.uses = calls;
    return copy;
  }

  /**
   * Grants these scopes, whatever the client asks for. Types outside them are refused with 403 when
   * {@code _type} names them, and left out when it names none.
   *
   * @param scopes between spaces, such as {@code system/Patient.rs system/Group.rs}
   * @return the changed copy
   */
  public TokenRules grants(String scopes) {
    TokenRules copy = copy();
    copy.granted = Optional.of(scopes);
    return copy;
  }

  /**
   * The forms of scopes that the server takes and its {@code smart-configuration} names; a scope of
   * another form is refused with {@code invalid_scope}.
   *
   * @param first whether {@code system/Patient.read} is taken ({@code permission-v1}); true by
   *     default
   * @param second whether {@code system/Patient.rs} is taken ({@code permission-v2}); true by
   *     default
   * @return the changed copy
   */
  public TokenRules permissions(boolean first, boolean second) {
    TokenRules copy = copy();
    copy.v1 = first;
    copy.v2 = second;
    return copy;
  }

  /**
   * Whether an assertion without {@code iat} is refused, as Keycloak 26 does.
   *
   * @param on false by default
   * @return the changed copy
   */
  public TokenRules needsIat(boolean on) {
    TokenRules copy = copy();
    copy.iat = on;
    return copy;
  }

  /**
   * Whether a client must sign assertions and its secret counts for nothing, as with Veradigm.
   *
   * @param on false by default
   * @return the changed copy
   */
  public TokenRules assertionsOnly(boolean on) {
    TokenRules copy = copy();
    copy.assertionsOnly = on;
    return copy;
  }

  /** {@return what {@link #lifetime(Duration)} set} */
  public Duration lifetime() {
    return lifetime;
  }

  /** {@return what {@link #uses(int)} set} */
  public int uses() {
    return uses;
  }

  /** {@return what {@link #grants(String)} set} */
  public Optional<String> granted() {
    return granted;
  }

  /** {@return what {@link #permissions(boolean, boolean)} set, as SMART capabilities} */
  public List<String> capabilities() {
    return Stream.of(v1 ? "permission-v1" : "", v2 ? "permission-v2" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** {@return what {@link #needsIat(boolean)} set} */
  public boolean needsIat() {
    return iat;
  }

  /** {@return what {@link #assertionsOnly(boolean)} set} */
  public boolean assertionsOnly() {
    return assertionsOnly;
  }
}
