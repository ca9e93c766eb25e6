package health.ferry.hami.internal.bundling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** To whom each input refers, before it is known where that leads. */
final class Mentions {

  private final IntLists ofInputs = new IntLists();
  private final Fingerprints numbers = new Fingerprints();
  private final BitSet conditional = new BitSet();
  private final BitSet meansPatient = new BitSet();
  private long[] fingerprints = new long[64];
  private int size;

  /** Notes the next input's, the likeliest patient first. */
  void add(List<String> keys) {
    ofInputs.add(keys.stream().mapToInt(this::number).toArray());
  }

  private int number(String key) {
    long fingerprint = Fingerprints.of(key);
    if (!numbers.contains(fingerprint)) {
      fingerprints =
          size < fingerprints.length ? fingerprints : Arrays.copyOf(fingerprints, 2 * size);
      fingerprints[size] = fingerprint;
      conditional.set(size, ReferenceKey.isConditional(key));
      meansPatient.set(size, PatientMention.meansPatient(key));
      numbers.put(fingerprint, size++);
    }
    return numbers.get(fingerprint);
  }

  /** The positions to which each input's lead. */
  IntLists links(KeyIndex index) {
    IntLists links = new IntLists();
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
      if (owner == KeyIndex.NONE && meansPatient.get(number)) {
        return ofInputs.size() + number;
      }
    }
    return PatientAssignment.NOBODY;
  }

  private int owner(int number, KeyIndex index) {
    return index.find(fingerprints[number], conditional.get(number));
  }
}
