package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.spool.Fingerprint;
import health.ferry.hami.internal.spool.IntLists;
import health.ferry.hami.internal.spool.KeyTable;
import health.ferry.hami.internal.spool.LongTable;
import health.ferry.hami.internal.spool.Spool;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** To whom each input refers, before it is known where that leads. */
final class Mentions {

  /** Of one key that is mentioned: its fingerprint's halves, and what it says of itself. */
  private static final int NUMBERS = 3;

  private static final long CONDITIONAL = 1;
  private static final long MEANS_PATIENT = 2;

  private final Spool spool;
  private final IntLists ofInputs;
  private final KeyTable numbers;
  private final LongTable keys;
  private int size;

  Mentions(Spool spool) {
    this.spool = spool;
    this.ofInputs = new IntLists(spool);
    this.numbers = new KeyTable(spool);
    this.keys = new LongTable(spool);
  }

  /** Notes the next input's, the likeliest patient first. */
  void add(List<String> mentioned) {
    ofInputs.add(mentioned.stream().mapToInt(this::number).toArray());
  }

  private int number(String key) {
    Fingerprint fingerprint = Fingerprint.of(key);
    int known = numbers.get(fingerprint);
    if (known != KeyTable.ABSENT) {
      return known;
    }
    long at = (long) size * NUMBERS;
    keys.set(at, fingerprint.high());
    keys.set(at + 1, fingerprint.low());
    keys.set(
        at + 2,
        (ReferenceKey.isConditional(key) ? CONDITIONAL : 0)
            | (PatientMention.meansPatient(key) ? MEANS_PATIENT : 0));
    numbers.put(fingerprint, size);
    return size++;
  }

  /** The positions to which each input's lead. */
  IntLists links(KeyIndex index) {
    IntLists links = new IntLists(spool);
    for (int i = 0; i < ofInputs.size(); i++) {
      links.add(
          Arrays.stream(ofInputs.get(i))
              .map(number -> owner(number, index))
              .filter(position -> position != KeyIndex.NONE)
              .toArray());
    }
    return links;
  }

  /**
   * The patient whom an input names: the position of one that is among the inputs, else {@code
   * inputs} and above.
   */
  int patient(int input, KeyIndex index, BitSet patients) {
    for (int number : ofInputs.get(input)) {
      int owner = owner(number, index);
      if (owner != KeyIndex.NONE && patients.get(owner)) {
        return owner;
      }
      if (owner == KeyIndex.NONE && is(number, MEANS_PATIENT)) {
        return ofInputs.size() + number;
      }
    }
    return PatientAssignment.NOBODY;
  }

  private int owner(int number, KeyIndex index) {
    long at = (long) number * NUMBERS;
    Fingerprint fingerprint = new Fingerprint(keys.get(at), keys.get(at + 1));
    return index.find(fingerprint, is(number, CONDITIONAL));
  }

  private boolean is(int number, long trait) {
    return (keys.get((long) number * NUMBERS + 2) & trait) != 0;
  }
}
