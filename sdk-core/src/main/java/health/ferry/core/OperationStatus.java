package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a job on a server has come, as last heard. Immutable. */
public final class OperationStatus {

  /** The states of a job as Ferry sees it. */
  public enum State {
    /** The server works on it. */
    RUNNING,
    /** The server has finished; the result can be had. */
    COMPLETED,
    /** The server gave up. */
    FAILED,
    /** The caller cancelled it. */
    CANCELLED
  }

  private final State state;
  private final @Nullable String progress;

  private OperationStatus(State state, @Nullable String progress) {
    this.state = Objects.requireNonNull(state, "state");
    this.progress = progress;
  }

  /**
   * A state, with what the server says of it.
   *
   * @param state the state
   * @param progress the server's own short text, or null
   * @return the status
   */
  public static OperationStatus of(State state, @Nullable String progress) {
    return new OperationStatus(state, progress);
  }

  /**
   * The state.
   *
   * @return one of the four states
   */
  public State state() {
    return state;
  }

  /**
   * What the server says of its progress, such as {@code 40% complete}. The server's own words.
   *
   * @return the text, empty when it said nothing
   */
  public Optional<String> progress() {
    return Optional.ofNullable(progress);
  }

  @Override
  public String toString() {
    return state.name();
  }
}
