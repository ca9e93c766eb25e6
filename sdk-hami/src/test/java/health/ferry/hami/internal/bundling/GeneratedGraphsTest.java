package health.ferry.hami.internal.bundling;

import static health.ferry.hami.internal.bundling.MadeUpRecords.list;
import static health.ferry.hami.internal.bundling.MadeUpRecords.member;
import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.hami.internal.document.InputDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of graphs from seeds: what must be true of every bundling. */
class GeneratedGraphsTest {

  private static final int GRAPHS = 300;

  @Test
  void any_record_goes_out_closed_whole_and_unchanged() {
    for (int seed = 0; seed < GRAPHS; seed++) {
      Random random = new Random(seed);
      MadeUpRecords records = new MadeUpRecords(seed);
      for (int patients = 1 + random.nextInt(3); patients > 0; patients--) {
        records.patient(2 + random.nextInt(250));
      }
      List<InputDocument> input = records.made();

      Bundled bundled = Bundled.of(input, Bundled.REFUSING);

      bundled.requireClosed().requirePatientAndFindings().requireUnchanged(backTo(input));
    }
  }

  @Test
  void few_bundles_at_most_1_3_times_what_counting_alone_would_take() {
    long bundles = 0;
    long ideal = 0;
    for (int seed = 0; seed < GRAPHS; seed++) {
      List<InputDocument> input =
          new MadeUpRecords(seed).patient(2 + new Random(seed).nextInt(600)).made();
      int few = (input.size() + 99) / 100;

      int taken = Bundled.of(input, Bundled.REFUSING).bundles().size();

      // c is 24 for a report of 20 results; what repeats is a visit and its patient.
      assertThat(taken).isLessThanOrEqualTo(1 + (input.size() - 1) / (101 - 24 - 8));
      bundles += taken;
      ideal += few;
    }
    assertThat(bundles).isLessThanOrEqualTo((long) (1.3 * ideal));
  }

  @Test
  void the_same_input_gives_the_same_bytes_and_in_any_order_the_same_entries() {
    for (int seed = 0; seed < GRAPHS / 10; seed++) {
      List<InputDocument> input =
          new MadeUpRecords(seed).patient(150).patient(30).patient(2).made();
      Bundled once = Bundled.of(input, Bundled.REFUSING);
      List<InputDocument> mixed = new ArrayList<>(input);
      Collections.shuffle(mixed, new Random(seed));

      Bundled again = Bundled.of(input, Bundled.REFUSING);
      Bundled inAnotherOrder = Bundled.of(mixed, Bundled.REFUSING);

      assertThat(again.bundles()).isEqualTo(once.bundles());
      assertThat(inAnotherOrder.byFullUrl()).isEqualTo(once.byFullUrl());
      inAnotherOrder.requireClosed().requirePatientAndFindings();
    }
  }

  @Test
  void a_grouped_stream_gives_what_an_index_gives() {
    for (int seed = 0; seed < GRAPHS / 10; seed++) {
      List<InputDocument> input =
          new MadeUpRecords(seed).patient(150).patient(30).patient(220).made();

      Bundled indexed = Bundled.of(input, Bundled.REFUSING);
      Bundled streamed = Bundled.of(input, new GroupedStream(input), Bundled.REFUSING);

      assertThat(streamed.bundles()).isEqualTo(indexed.bundles());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 50, 97, 98, 99})
  void a_star_of_findings_around_one_report_stays_together(int results) {
    MadeUpRecords records = new MadeUpRecords(1);
    String patient = records.add("Patient", "");
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < results - 1; i++) {
      findings.add(records.add("Observation", member("subject", patient)));
    }
    records.add("DiagnosticReport", member("subject", patient) + list("result", findings));
    for (int i = 0; i < 150; i++) {
      records.add("Observation", member("subject", patient));
    }

    Bundled bundled = Bundled.of(records.made(), Bundled.REFUSING);

    bundled.requireClosed().requirePatientAndFindings().requireUnchanged(backTo(records.made()));
    // The Patient alone is repeated: 99 others fit beside it.
    assertThat(bundled.bundles()).hasSize((results + 150 + 98) / 99);
  }

  /** The {@code Type/id} of each full URL. */
  private static UnaryOperator<String> backTo(List<InputDocument> input) {
    Map<String, String> keys = new HashMap<>();
    FullUrls fullUrls = new FullUrls("");
    for (InputDocument document : input) {
      keys.put(fullUrls.of(document), InputKeys.own(document).get(0));
    }
    return keys::get;
  }
}
