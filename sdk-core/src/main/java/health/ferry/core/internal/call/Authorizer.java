package health.ferry.core.internal.call;

import java.util.Optional;

/** Where a client's credential comes from. Thread-safe. */
public interface Authorizer {

  /** Sends no credential. */
  Authorizer NONE = call -> Optional.empty();

  /** The credential to send now; fetched first when it has to be. */
  Optional<Authorization> authorize(CallContext call);

  /**
   * The server answered 401 to this credential.
   *
   * @return whether another one may be had, so that one more try makes sense
   */
  default boolean rejected(Authorization refused) {
    return false;
  }
}
