package health.ferry.pierflow;

import java.util.Optional;

/** Somebody tries the endpoint out from Pierflow's portal. Nothing has to be done. Immutable. */
public final class TestPing extends PierflowEvent {

  TestPing(EventMessage message, boolean repeated) {
    super(message, repeated);
  }

  /**
   * What Pierflow writes into it.
   *
   * @return a text for people
   */
  public Optional<String> note() {
    return data().text("note");
  }
}
