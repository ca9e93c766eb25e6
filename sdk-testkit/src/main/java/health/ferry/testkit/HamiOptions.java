package health.ferry.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the {@link HamiPartner} behaves, where its pages say it or leave it open. Immutable; each
 * method with an argument gives a changed copy, its sibling without one tells the value.
 */
public final class HamiOptions implements Cloneable {

  private static final HamiOptions DEFAULTS = new HamiOptions();

  // Written only to a fresh copy that nobody else has seen.
  private String groupId = "north-clinic";
  private int perMinute = 100;
  private int perSecond = 10;
  private int maxEntries = 100;
  private int tooManyEntries = 400;
  private int unknownGroup = 404;
  private boolean minimum;
  private boolean detailsAsArray;
  private Duration retryAfter = Duration.ofSeconds(60);
  private Optional<WaitHint> waitHint = Optional.empty();
  private ChangedContent changedContent = ChangedContent.UPDATE;
  private boolean sameIdForDuplicates;
  private Function<String, Optional<ControlAnswer>> verdict = bundle -> Optional.empty();

  private HamiOptions() {}

  /**
   * The defaults: the limits of the reference page, {@code retryAfter} 60 in the body of a 429 and
   * no header, one finding in a 422.
   *
   * @return the options
   */
  public static HamiOptions defaults() {
    return DEFAULTS;
  }

  private HamiOptions copy() {
    try {
      return (HamiOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The one group that there is.
   *
   * @param id {@code north-clinic} by default
   * @return the changed copy
   */
  public HamiOptions groupId(String id) {
    HamiOptions copy = copy();
    copy.groupId = id;
    return copy;
  }

  /**
   * How many requests the key has in any 60 seconds.
   *
   * @param requests 100 by default
   * @return the changed copy
   */
  public HamiOptions perMinute(int requests) {
    HamiOptions copy = copy();
    copy.perMinute = requests;
    return copy;
  }

  /**
   * How many requests the key has in any second.
   *
   * @param requests 10 by default
   * @return the changed copy
   */
  public HamiOptions perSecond(int requests) {
    HamiOptions copy = copy();
    copy.perSecond = requests;
    return copy;
  }

  /**
   * No limit on requests, for tests of something else.
   *
   * @return the changed copy
   */
  public HamiOptions unlimited() {
    return perMinute(Integer.MAX_VALUE).perSecond(Integer.MAX_VALUE);
  }

  /**
   * How many entries a bundle may have.
   *
   * @param entries 100 by default
   * @return the changed copy
   */
  public HamiOptions maxEntries(int entries) {
    HamiOptions copy = copy();
    copy.maxEntries = entries;
    return copy;
  }

  /**
   * What answers a bundle of too many entries; HAMI's pages do not say.
   *
   * @param status 400 by default; 413 and 422 are as likely
   * @return the changed copy
   */
  public HamiOptions tooManyEntries(int status) {
    HamiOptions copy = copy();
    copy.tooManyEntries = status;
    return copy;
  }

  /**
   * What answers a group that is not the key's; HAMI's pages do not say.
   *
   * @param status 404 by default, or 403
   * @return the changed copy
   */
  public HamiOptions unknownGroup(int status) {
    HamiOptions copy = copy();
    copy.unknownGroup = status;
    return copy;
  }

  /**
   * Whether a bundle needs a Patient and something clinical, as the flow guide asks and the
   * reference page does not.
   *
   * @param on false by default
   * @return the changed copy
   */
  public HamiOptions requireMinimum(boolean on) {
    HamiOptions copy = copy();
    copy.minimum = on;
    return copy;
  }

  /**
   * Whether a 422 tells all findings, in an array, in place of one in an object.
   *
   * @param on false by default
   * @return the changed copy
   */
  public HamiOptions detailsAsArray(boolean on) {
    HamiOptions copy = copy();
    copy.detailsAsArray = on;
    return copy;
  }

  /**
   * {@code retryAfter} in the body of a 429.
   *
   * @param wait 60 seconds by default; told in whole seconds
   * @return the changed copy
   */
  public HamiOptions retryAfter(Duration wait) {
    HamiOptions copy = copy();
    copy.retryAfter = wait;
    return copy;
  }

  /**
   * A header on a 429 besides; none by default.
   *
   * @param hint how long to wait
   * @return the changed copy
   */
  public HamiOptions waitHint(WaitHint hint) {
    HamiOptions copy = copy();
    copy.waitHint = Optional.of(hint);
    return copy;
  }

  /**
   * What becomes of other data under a known {@code fullUrl}.
   *
   * @param way {@link ChangedContent#UPDATE} by default
   * @return the changed copy
   */
  public HamiOptions changedContent(ChangedContent way) {
    HamiOptions copy = copy();
    copy.changedContent = way;
    return copy;
  }

  /**
   * Whether a bundle that came before is answered with the {@code transactionId} of then.
   *
   * @param on false by default: each submission has its own
   * @return the changed copy
   */
  public HamiOptions sameIdForDuplicates(boolean on) {
    HamiOptions copy = copy();
    copy.sameIdForDuplicates = on;
    return copy;
  }

  /**
   * Judges each valid bundle before anything of it is stored: the server's answer to it, or empty
   * to take it.
   *
   * @param judge from the bundle's JSON; called on server threads
   * @return the changed copy
   */
  public HamiOptions verdict(Function<String, Optional<ControlAnswer>> judge) {
    HamiOptions copy = copy();
    copy.verdict = judge;
    return copy;
  }

  /** {@return what {@link #groupId(String)} set} */
  public String groupId() {
    return groupId;
  }

  /** {@return what {@link #perMinute(int)} set} */
  public int perMinute() {
    return perMinute;
  }

  /** {@return what {@link #perSecond(int)} set} */
  public int perSecond() {
    return perSecond;
  }

  /** {@return what {@link #maxEntries(int)} set} */
  public int maxEntries() {
    return maxEntries;
  }

  /** {@return what {@link #tooManyEntries(int)} set} */
  public int tooManyEntries() {
    return tooManyEntries;
  }

  /** {@return what {@link #unknownGroup(int)} set} */
  public int unknownGroup() {
    return unknownGroup;
  }

  /** {@return what {@link #requireMinimum(boolean)} set} */
  public boolean requireMinimum() {
    return minimum;
  }

  /** {@return what {@link #detailsAsArray(boolean)} set} */
  public boolean detailsAsArray() {
    return detailsAsArray;
  }

  /** {@return what {@link #retryAfter(Duration)} set} */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** {@return what {@link #waitHint(WaitHint)} set} */
  public Optional<WaitHint> waitHint() {
    return waitHint;
  }

  /** {@return what {@link #changedContent(ChangedContent)} set} */
  public ChangedContent changedContent() {
    return changedContent;
  }

  /** {@return what {@link #sameIdForDuplicates(boolean)} set} */
  public boolean sameIdForDuplicates() {
    return sameIdForDuplicates;
  }

  /** {@return what {@link #verdict(Function)} set} */
  public Function<String, Optional<ControlAnswer>> verdict() {
    return verdict;
  }
}
