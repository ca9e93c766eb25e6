package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** HAPI's models in, transaction bundles out. */
class TransactionBundlesTest {

  @Test
  void resources_become_one_transaction_with_the_patient_first() {
    TransactionBundles bundles = TransactionBundles.of(List.of(condition("c", "p"), patient("p")));

    List<TransactionBundle> all = all(bundles);

    assertThat(all).hasSize(1);
    TransactionBundle bundle = all.get(0);
    assertThat(bundle.number()).isEqualTo(1);
    assertThat(bundle.size()).isEqualTo(2);
    assertThat(bundle.bundle().getType()).isEqualTo(BundleType.TRANSACTION);
    assertThat(bundle.bundle().getEntryFirstRep().getResource()).isInstanceOf(Patient.class);
    assertThat(bundle.bundle().getEntry().get(1).getRequest().getUrl()).isEqualTo("Condition");
    Condition condition = (Condition) bundle.bundle().getEntry().get(1).getResource();
    assertThat(condition.getSubject().getReference()).isEqualTo(bundle.fullUrls().get(0));
    assertThat(bundle.hash()).matches("[0-9a-f]{64}");
    assertThat(bundles.report().bundles()).isEqualTo(1);
    assertThat(bundles.report().resources()).isEqualTo(2);
    assertThat(bundles.report().warnings()).isEmpty();
  }

  @Test
  void a_patient_of_250_resources_takes_3_bundles_and_each_has_the_patient() {
    List<Resource> resources = new ArrayList<>(List.of(patient("p")));
    for (int i = 0; i < 249; i++) {
      resources.add(condition("c" + i, "p"));
    }

    List<TransactionBundle> all = all(TransactionBundles.of(resources));

    assertThat(all).extracting(TransactionBundle::size).containsExactly(100, 100, 52);
    assertThat(all).extracting(TransactionBundle::number).containsExactly(1L, 2L, 3L);
    assertThat(all)
        .extracting(bundle -> bundle.fullUrls().get(0))
        .containsOnly(all.get(0).fullUrls().get(0));
  }

  @Test
  void each_iteration_gives_the_same_bytes() {
    List<Resource> resources = List.of(patient("p"), condition("c", "p"), patient("q"));
    for (TransactionBundles bundles :
        List.of(TransactionBundles.of(resources), TransactionBundles.ofGrouped(resources))) {
      List<String> first = all(bundles).stream().map(TransactionBundle::hash).toList();

      assertThat(all(bundles)).extracting(TransactionBundle::hash).isEqualTo(first).hasSize(2);
    }
  }

  @Test
  void a_bundle_of_any_type_keeps_its_full_urls() {
    String fullUrl = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
    Bundle collection = new Bundle().setType(BundleType.COLLECTION);
    collection.addEntry().setFullUrl(fullUrl).setResource(new Patient().setActive(true));
    collection.addEntry().setResource(new Observation().setSubject(new Reference(fullUrl)));

    List<TransactionBundle> all = all(TransactionBundles.ofBundle(collection));

    assertThat(all).hasSize(1);
    assertThat(all.get(0).fullUrls()).startsWith(fullUrl).hasSize(2);
    assertThat(all.get(0).json()).contains("{\"reference\":\"" + fullUrl + "\"}");
  }

  @Test
  void an_id_that_is_a_urn_is_the_full_url() {
    String fullUrl = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
    Patient patient = new Patient();
    patient.setId(fullUrl);

    List<TransactionBundle> all =
        all(
            TransactionBundles.ofGrouped(
                List.of(patient, new Observation().setSubject(new Reference(fullUrl)))));

    assertThat(all.get(0).fullUrls()).startsWith(fullUrl).hasSize(2);
  }

  @Test
  void what_is_no_resource_to_send_is_refused_in_groups_and_in_any_order() {
    List<Resource> resources = List.of(patient("p"), new Bundle());
    for (TransactionBundles bundles :
        List.of(TransactionBundles.of(resources), TransactionBundles.ofGrouped(resources))) {
      assertThatThrownBy(bundles.dropUnsupported()::iterator)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("resources[1]: is a Bundle among resources");
    }
  }

  @Test
  void a_text_that_utf_8_cannot_hold_is_refused_and_not_changed() {
    Condition half = condition("c", "p");
    half.addNote().setText("\uD83D");
    List<Resource> resources = List.of(patient("p"), half);
    for (TransactionBundles bundles :
        List.of(
            TransactionBundles.of(resources),
            TransactionBundles.ofGrouped(resources),
            TransactionBundles.ofBundle("{\"resourceType\":\"Patient\",\"id\":\"\uD83D\"}"))) {
      assertThatThrownBy(bundles::iterator)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("has half of a surrogate pair");
    }
  }

  @Test
  void what_hami_does_not_take_is_refused_or_dropped_and_counted() {
    Organization organization = new Organization().setName("North Clinic");
    organization.setId("o");
    TransactionBundles bundles =
        TransactionBundles.of(List.of(organization, patient("p"), condition("c", "p")));

    assertThatThrownBy(bundles::iterator)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Organization: is a type that HAMI does not take");
    assertThat(all(bundles.dropUnsupported())).hasSize(1);
    TransactionBundles dropping = bundles.dropUnsupported();
    all(dropping);
    assertThat(dropping.report().dropped()).containsOnlyKeys("Organization").containsValue(1L);
  }

  @Test
  void a_source_changes_every_full_url_that_ferry_made() {
    TransactionBundles bundles = TransactionBundles.of(List.of(patient("p"), condition("c", "p")));

    List<String> north = all(bundles.source("north")).get(0).fullUrls();

    assertThat(all(bundles.source("south")).get(0).fullUrls()).doesNotContainAnyElementsOf(north);
    assertThat(all(bundles).get(0).fullUrls()).doesNotContainAnyElementsOf(north);
  }

  @Test
  void nothing_to_send_is_an_error() {
    assertThatThrownBy(() -> TransactionBundles.of(List.of()).iterator())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("input: must hold a resource of a type that HAMI takes");
  }

  @Test
  void no_text_of_a_bundle_or_its_report_shows_a_value() {
    TransactionBundles bundles =
        TransactionBundles.of(List.of(patient("p-secret"), condition("c", "q-secret")));

    assertThat(all(bundles).toString() + bundles + bundles.report())
        .contains("TransactionBundle 1: 1 entries")
        .contains("Condition.subject: refers to none of the inputs")
        .doesNotContain("secret");
  }

  private static List<TransactionBundle> all(TransactionBundles bundles) {
    List<TransactionBundle> all = new ArrayList<>();
    bundles.forEach(all::add);
    return all;
  }

  private static Patient patient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    return patient;
  }

  private static Condition condition(String id, String patient) {
    Condition condition = new Condition().setSubject(new Reference("Patient/" + patient));
    condition.setId(id);
    return condition;
  }
}
