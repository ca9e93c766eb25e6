package health.ferry.testkit.internal.hami;

import health.ferry.testkit.HamiOptions;
import health.ferry.testkit.internal.control.AnswerQueue;
import health.ferry.testkit.internal.control.ControlServer;
import health.ferry.testkit.internal.control.MovableClock;
import health.ferry.testkit.internal.control.RequestLog;

/** Puts the HAMI partner together: the endpoint, the windows, what was ingested. */
public final class HamiServer implements AutoCloseable {

  private volatile HamiOptions options;
  private final MovableClock clock = new MovableClock();
  private final RequestWindows windows = new RequestWindows(clock);
  private final AnswerQueue script = new AnswerQueue();
  private final Ingested ingested = new Ingested();
  private final Submissions submissions;
  private final ControlServer control;

  /** Starts the server. */
  public HamiServer(HamiOptions options, String apiKey, RequestLog log) {
    this.options = options;
    submissions = new Submissions(() -> this.options, apiKey, clock, windows, script, ingested);
    control = ControlServer.start(submissions, log);
  }

  /** Without a slash at the end. */
  public String origin() {
    return control.origin();
  }

  /** By which the windows slide. */
  public MovableClock clock() {
    return clock;
  }

  /** The key's allowance. */
  public RequestWindows windows() {
    return windows;
  }

  /** The scripted answers. */
  public AnswerQueue script() {
    return script;
  }

  /** What was accepted. */
  public Ingested ingested() {
    return ingested;
  }

  /** How many requests went beyond the allowance. */
  public int throttled() {
    return submissions.throttled();
  }

  /** Other options from the next call on. */
  public void options(HamiOptions changed) {
    options = changed;
  }

  /** The options now. */
  public HamiOptions options() {
    return options;
  }

  @Override
  public void close() {
    control.close();
  }
}
