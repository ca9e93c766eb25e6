package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.preflight.SupportedTypes;
import health.ferry.hami.internal.spool.Fingerprint;
import health.ferry.hami.internal.spool.KeyTable;
import health.ferry.hami.internal.spool.Spool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Input in which each patient's resources stand together, read as it comes: in memory are one
 * group, and resources of no patient and of a type that HAMI does not take (Organizations,
 * Practitioners), since groups share them; the keys that went by are in a spool.
 *
 * <p>A new patient begins a new group; a resource that names none belongs to the group before it.
 * What cannot be bundled a group at a time is refused: a patient who comes back, and a reference
 * into another group.
 */
public final class GroupedStream implements PatientGroups {

  private final Iterable<InputDocument> documents;
  private Spool spool = Spool.inTemporaryFolder();
  private Pass pass;

  /**
   * Groups a stream.
   *
   * @param documents gives the same resources at each iteration, each from {@link Input#place} of
   *     its index
   */
  public GroupedStream(Iterable<InputDocument> documents) {
    this.documents = documents;
    this.pass = new Pass(List.<InputDocument>of().iterator(), spool);
  }

  @Override
  public Iterator<List<InputDocument>> iterator() {
    spool.close();
    spool = Spool.inTemporaryFolder();
    pass = new Pass(documents.iterator(), spool);
    return pass;
  }

  @Override
  public Optional<InputDocument> find(String key) {
    return pass.find(key);
  }

  @Override
  public void close() {
    spool.close();
  }

  /** One way through the stream. */
  private static final class Pass implements Iterator<List<InputDocument>> {
    private final Iterator<InputDocument> documents;
    private final KeyTable gone;
    private final KeyTable gonePatients;
    private final KeyTable sought;
    private final Map<String, InputDocument> common = new HashMap<>();
    private List<InputDocument> group = new ArrayList<>();
    private Map<String, Integer> groupKeys = new HashMap<>();
    private Set<String> patientKeys = new HashSet<>();
    private @Nullable InputDocument ahead;
    private int position = -1;

    Pass(Iterator<InputDocument> documents, Spool spool) {
      this.documents = documents;
      this.gone = new KeyTable(spool);
      this.gonePatients = new KeyTable(spool);
      this.sought = new KeyTable(spool);
      advance();
    }

    private void advance() {
      ahead = documents.hasNext() ? documents.next() : null;
      position++;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public List<InputDocument> next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      groupKeys.forEach((key, place) -> gone.put(Fingerprint.of(key), place));
      patientKeys.forEach(key -> gonePatients.put(Fingerprint.of(key), 0));
      group = new ArrayList<>();
      groupKeys = new HashMap<>();
      patientKeys = new HashSet<>();
      while (ahead != null && isOfGroup(ahead)) {
        take(ahead);
        advance();
      }
      return group;
    }

    private boolean isOfGroup(InputDocument document) {
      List<String> names = names(document);
      if (isPatient(document)) {
        return (patientKeys.isEmpty() && group.stream().noneMatch(Pass::isPatient))
            || names.stream().anyMatch(patientKeys::contains);
      }
      return names.isEmpty()
          || patientKeys.isEmpty()
          || PatientMention.candidates(document).stream().anyMatch(patientKeys::contains);
    }

    private static boolean isPatient(InputDocument document) {
      return document.resource().type().equals("Patient");
    }

    /** The keys of the patient, as far as the resource alone can tell. */
    private static List<String> names(InputDocument document) {
      return isPatient(document)
          ? InputKeys.own(document)
          : PatientMention.named(document).map(List::of).orElse(List.of());
    }

    private void take(InputDocument document) {
      List<String> own = InputKeys.own(document);
      List<String> names = names(document);
      if (isRepeated(document, own)) {
        return;
      }
      for (String name : names) {
        require(
            !gonePatients.contains(Fingerprint.of(name)), document, "comes back to a patient of");
        patientKeys.add(name);
      }
      if (isPatient(document)) {
        patientKeys.addAll(InputKeys.shared(document));
      }
      for (String key : own) {
        require(!sought.contains(Fingerprint.of(key)), document, "was referred to before, from");
        groupKeys.put(key, position);
        if (names.isEmpty() && !SupportedTypes.contains(document.resource().type())) {
          common.put(key, document);
        }
      }
      group.add(document);
    }

    private boolean isRepeated(InputDocument document, List<String> own) {
      for (String key : own) {
        int earlier =
            groupKeys.containsKey(key) ? groupKeys.get(key) : gone.get(Fingerprint.of(key));
        if (earlier != KeyTable.ABSENT) {
          InputDocument known = common.containsKey(key) ? common.get(key) : inGroup(key);
          require(known != null, document, "comes back to");
          if (known != null && !IndexedGroups.isSame(known, document)) {
            throw BundlingErrors.of(List.of(BundlingErrors.conflict(known, document)));
          }
          return true;
        }
      }
      return false;
    }

    private @Nullable InputDocument inGroup(String key) {
      return group.stream()
          .filter(document -> InputKeys.own(document).contains(key))
          .findFirst()
          .orElse(null);
    }

    private void require(boolean rule, InputDocument document, String problem) {
      if (!rule) {
        throw BundlingErrors.of(
            document.origin(),
            problem
                + " a group that ended: where patients do not stand together, use"
                + " TransactionBundles.of(…)");
      }
    }

    Optional<InputDocument> find(String key) {
      if (ReferenceKey.isConditional(key)) {
        List<InputDocument> found =
            Stream.concat(group.stream(), common.values().stream())
                .distinct()
                .filter(document -> InputKeys.shared(document).contains(key))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
      }
      if (common.containsKey(key)) {
        return Optional.of(common.get(key));
      }
      int earlier = gone.get(Fingerprint.of(key));
      if (earlier != KeyTable.ABSENT) {
        throw BundlingErrors.of(
            Input.place(earlier) + ": " + ReferenceKey.typeOf(key).orElse("Reference"),
            "is referred to from a later group: use TransactionBundles.of(…)");
      }
      sought.put(Fingerprint.of(key), 0);
      return Optional.empty();
    }
  }
}
