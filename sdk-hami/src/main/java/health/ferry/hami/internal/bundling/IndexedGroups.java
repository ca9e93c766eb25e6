package health.ferry.hami.internal.bundling;

import health.ferry.core.Violation;
import health.ferry.hami.internal.document.InputDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Input in any order, by patient. Reads the store once, in order, and keeps fingerprints and
 * positions alone: about 150 bytes a resource.
 */
public final class IndexedGroups implements PatientGroups {

  private static final int VIOLATIONS = 100;

  private final DocumentStore store;
  private final KeyIndex index = new KeyIndex();
  private final BitSet repeated = new BitSet();
  private final int[] order;
  private final int[] starts;

  /**
   * Reads and groups what is in the store.
   *
   * @param store ends with {@link #close()}
   * @throws health.ferry.core.InvalidInputException when two different resources have one key
   */
  public IndexedGroups(DocumentStore store) {
    this.store = store;
    int[] groups = groups();
    int count = Arrays.stream(groups).max().orElse(-1) + 1;
    this.starts = new int[count + 1];
    for (int i = 0; i < groups.length; i++) {
      starts[groups[i] + 1] += repeated.get(i) ? 0 : 1;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    this.order = new int[starts[count]];
    int[] next = starts.clone();
    for (int i = 0; i < groups.length; i++) {
      if (!repeated.get(i)) {
        order[next[groups[i]]++] = i;
      }
    }
  }

  /** The group of each position. */
  private int[] groups() {
    Mentions mentions = new Mentions();
    BitSet patients = new BitSet();
    List<Violation> violations = new ArrayList<>();
    int size = store.size();
    for (int i = 0; i < size && violations.size() < VIOLATIONS; i++) {
      InputDocument document = store.get(i);
      patients.set(i, document.resource().type().equals("Patient"));
      List<String> own = InputKeys.own(document);
      int earlier = index.claimed(own);
      if (earlier == KeyIndex.NONE) {
        index.add(i, own, InputKeys.shared(document));
        mentions.add(PatientMention.candidates(document));
      } else if (isSame(store.get(earlier), document)) {
        repeated.set(i);
        mentions.add(List.of(own.get(0)));
      } else {
        violations.add(BundlingErrors.conflict(document.resource().type(), earlier, i));
      }
    }
    if (!violations.isEmpty()) {
      throw BundlingErrors.of(violations);
    }
    int[] named = new int[size];
    Arrays.setAll(named, i -> patients.get(i) ? i : mentions.patient(i, index, patients));
    return new PatientAssignment(named, mentions.links(index)).groups();
  }

  /** Whether one resource came in twice: the same keys and the same content. */
  static boolean isSame(InputDocument one, InputDocument other) {
    return InputKeys.own(one).equals(InputKeys.own(other))
        && Digests.ofContent(one.resource().json())
            .equals(Digests.ofContent(other.resource().json()));
  }

  @Override
  public Optional<InputDocument> find(String key) {
    int position = index.find(key);
    return position == KeyIndex.NONE ? Optional.empty() : Optional.of(store.get(position));
  }

  @Override
  public Iterator<List<InputDocument>> iterator() {
    return new Iterator<>() {
      private int group;

      @Override
      public boolean hasNext() {
        return group < starts.length - 1;
      }

      @Override
      public List<InputDocument> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int from = starts[group];
        int to = starts[++group];
        return Arrays.stream(order, from, to).mapToObj(store::get).toList();
      }
    };
  }

  @Override
  public void close() {
    store.close();
  }
}
