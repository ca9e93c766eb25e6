package health.ferry.hami.internal.bundling;

import health.ferry.core.Violation;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.spool.LongTable;
import health.ferry.hami.internal.spool.Spool;
import health.ferry.hami.internal.spool.SpooledDocuments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Input in any order, by patient. Reads the input once, into a spool, where all that grows with it
 * stands but one bit a resource; in memory are, besides those, a few mebibytes and one group.
 */
public final class IndexedGroups implements PatientGroups {

  private final Spool spool;
  private final SpooledDocuments documents;
  private final KeyIndex index;
  private final Mentions mentions;
  private final BitSet patients = new BitSet();

  private final List<Violation> violations = new ArrayList<>();

  /** Positions by group, and where each group starts among them. */
  private final LongTable order;

  private final LongTable starts;
  private int groups;

  private IndexedGroups(Spool spool) {
    this.spool = spool;
    this.documents = new SpooledDocuments(spool);
    this.index = new KeyIndex(spool);
    this.mentions = new Mentions(spool);
    this.order = new LongTable(spool);
    this.starts = new LongTable(spool);
  }

  /**
   * Reads and groups an input.
   *
   * @param spool ends with {@link #close()}, or when the reading fails
   * @throws health.ferry.core.InvalidInputException when the input cannot be read, or two different
   *     resources have one key
   */
  public static IndexedGroups of(Input input, Spool spool) {
    IndexedGroups groups = new IndexedGroups(spool);
    try {
      input.read(groups::add);
      groups.requireNoConflict();
      groups.group();
      return groups;
    } catch (RuntimeException | Error broken) {
      spool.close();
      throw broken;
    }
  }

  private void add(InputDocument document) {
    List<String> own = InputKeys.own(document);
    int position = index.claimed(own);
    if (position == KeyIndex.NONE) {
      keep(document, own);
      return;
    }
    InputDocument earlier = documents.get(position);
    if (!isSame(earlier, document)) {
      violations.add(BundlingErrors.conflict(earlier, document));
      if (violations.size() == BundlingErrors.MOST) {
        requireNoConflict();
      }
    }
  }

  private void keep(InputDocument document, List<String> own) {
    int position = documents.size();
    documents.add(document);
    patients.set(position, document.resource().type().equals("Patient"));
    index.add(position, own, InputKeys.shared(document));
    mentions.add(PatientMention.candidates(document));
  }

  private void requireNoConflict() {
    if (!violations.isEmpty()) {
      throw BundlingErrors.of(violations);
    }
  }

  private void group() {
    int size = documents.size();
    PatientAssignment assignment = new PatientAssignment(spool, mentions.links(index));
    for (int i = 0; i < size; i++) {
      assignment.name(i, patients.get(i) ? i : mentions.patient(i, index, patients));
    }
    assignment.assign();
    groups = assignment.count();
    LongTable next = new LongTable(spool);
    for (int i = 0; i < size; i++) {
      next.set(assignment.group(i), next.get(assignment.group(i)) + 1);
    }
    for (int group = 0; group < groups; group++) {
      starts.set(group + 1L, starts.get(group) + next.get(group));
      next.set(group, starts.get(group));
    }
    for (int i = 0; i < size; i++) {
      int group = assignment.group(i);
      order.set(next.get(group), i);
      next.set(group, next.get(group) + 1);
    }
  }

  /** Whether one resource came in twice: the same keys and the same content. */
  static boolean isSame(InputDocument one, InputDocument other) {
    return InputKeys.own(one).equals(InputKeys.own(other))
        && ContentHash.of(one.resource().json()).equals(ContentHash.of(other.resource().json()));
  }

  @Override
  public Optional<InputDocument> find(String key) {
    int position = index.find(key);
    return position == KeyIndex.NONE ? Optional.empty() : Optional.of(documents.get(position));
  }

  @Override
  public Iterator<List<InputDocument>> iterator() {
    return new Iterator<>() {
      private int group;

      @Override
      public boolean hasNext() {
        return group < groups;
      }

      @Override
      public List<InputDocument> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        List<InputDocument> resources = new ArrayList<>();
        for (long i = starts.get(group); i < starts.get(group + 1L); i++) {
          resources.add(documents.get((int) order.get(i)));
        }
        group++;
        return resources;
      }
    };
  }

  @Override
  public void close() {
    spool.close();
  }
}
