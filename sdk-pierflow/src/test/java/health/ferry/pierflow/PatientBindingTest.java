package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.IntegrityException;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References that lead nowhere are pointed at the file's one Patient. */
class PatientBindingTest {

  private static final String PATIENT = "{'resourceType':'Patient','id':'p_1'}";

  private static PackagedPatient patient(String json) {
    return patient(new ManifestPatient("p_1", null, "patients/p_1.json", null), json);
  }

  private static PackagedPatient patient(ManifestPatient listed, String json) {
    byte[] content = PackageContent.utf8(json.replace('\'', '"'));
    return new PackagedPatient(listed, new PatientContent(listed.file(), content, new Demand()));
  }

  /** A Bundle of a Patient and other resources. */
  private static PackagedPatient with(String... resources) {
    StringBuilder entries = new StringBuilder("{'resource':" + PATIENT + "}");
    for (String resource : resources) {
      entries.append(",{'resource':").append(resource).append('}');
    }
    return patient("{'resourceType':'Bundle','entry':[" + entries + "]}");
  }

  private static PackagedPatient withSubject(String subject) {
    return with("{'resourceType':'Observation','id':'o','subject':" + subject + "}");
  }

  @Test
  void changes_the_reference_and_no_other_byte() {
    PackagedPatient received =
        patient(
            new ManifestPatient("pat_1", "7", "patients/pat_1.json", 2),
            PackageContent.bundle("pat_1"));

    PackagedPatient bound = received.bind();

    assertThat(bound.json())
        .isEqualTo(
            PackageContent.bundle("pat_1").replace("Patient/pat_0a1b2c3d4e5f", "Patient/pat_1"));
    assertThat(bound.boundReferences()).containsExactly("Observation/obs_bp_pat_1.subject");
    assertThat(bound.patientId()).isEqualTo("pat_1");
    assertThat(bound.mrn()).contains("7");
    Observation observation = (Observation) bound.bundle().getEntry().get(1).getResource();
    assertThat(observation.getSubject().getReference()).isEqualTo("Patient/pat_1");
    assertThat(received.json()).isEqualTo(PackageContent.bundle("pat_1"));
    assertThat(received.boundReferences()).isEmpty();
  }

  @Test
  void keeps_what_the_caller_knew_of_the_patient() {
    PackagedPatient bound =
        withSubject("{'reference':'Patient/x'}").ofPackage("pkg_1").handledBefore().bind();

    assertThat(bound.packageId()).contains("pkg_1");
    assertThat(bound.maybeHandledBefore()).isTrue();
  }

  @Test
  void binding_twice_is_binding_once() {
    PackagedPatient once = withSubject("{'reference':'Patient/x'}").bind();

    assertThat(once.bind().json()).isEqualTo(once.json());
    assertThat(once.bind().boundReferences()).containsExactly("Observation/o.subject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/pat_0a1b2c3d4e5f",
        "Patient/x/_history/2",
        "https://elsewhere.example/fhir/Patient/9",
        "urn:uuid:0c2b1c4e-2f4e-4f5c-9c56-1d6b7a0f1f10",
        "pat_0a1b2c3d4e5f",
        "P\\u0061tient/x"
      })
  void binds_what_leads_nowhere(String reference) {
    PackagedPatient bound = withSubject("{'reference':'" + reference + "'}").bind();

    assertThat(bound.json()).isEqualTo(withSubject("{'reference':'Patient/p_1'}").json());
    assertThat(bound.boundReferences()).containsExactly("Observation/o.subject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'reference':'Patient/p_1'}",
        "{'reference':'Patient/p_1/_history/4'}",
        "{'reference':'#contained'}",
        "{'reference':'Group/7'}",
        "{'reference':'https://elsewhere.example/fhir/Device/9'}",
        "{'type':'Location','reference':'urn:uuid:0c2b1c4e-2f4e-4f5c-9c56-1d6b7a0f1f10'}",
        "{'identifier':{'value':'7'},'display':'a person'}",
        "{'reference':7}",
        "'Patient/x'",
        "null"
      })
  void leaves_what_resolves_or_is_no_patient(String subject) {
    PackagedPatient bound = withSubject(subject).bind();

    assertThat(bound.json()).isEqualTo(withSubject(subject).json());
    assertThat(bound.boundReferences()).isEmpty();
  }

  @Test
  void leaves_references_that_are_no_subject_and_no_patient() {
    PackagedPatient bound =
        with("{'resourceType':'Observation','id':'o','performer':[{'reference':'Patient/x'}],"
                + "'encounter':{'reference':'Encounter/x'}}")
            .bind();

    assertThat(bound.boundReferences()).isEmpty();
  }

  @Test
  void binds_in_lists_in_contained_resources_and_without_an_id() {
    PackagedPatient bound =
        with(
                "{'resourceType':'Account','id':'a','subject':[{'reference':'Patient/x'},"
                    + "{'reference':'Patient/p_1'},{'reference':'Patient/y'}]}",
                "{'resourceType':'AllergyIntolerance','patient':{'reference':'Patient/x'}}",
                "{'contained':[{'resourceType':'Condition','subject':{'display':'b',"
                    + "'reference':'Patient/x'}}],'id':'c','resourceType':'Condition'}")
            .bind();

    assertThat(bound.boundReferences())
        .containsExactly(
            "Account/a.subject[0]",
            "Account/a.subject[2]",
            "entry[2].resource.patient",
            "Condition/c.contained[0].subject");
    assertThat(bound.json()).doesNotContain("Patient/x").doesNotContain("Patient/y");
  }

  @Test
  void binds_to_the_full_url_where_that_is_a_urn() {
    String urn = "urn:uuid:0c2b1c4e-2f4e-4f5c-9c56-1d6b7a0f1f10";
    PackagedPatient bound =
        patient(
                "{'entry':[{'resource':{'subject':{'reference':'Patient/x'},"
                    + "'resourceType':'Condition','id':'c'}},{'resource':"
                    + PATIENT
                    + ",'fullUrl':'"
                    + urn
                    + "'}],'resourceType':'Bundle'}")
            .bind();

    assertThat(bound.json()).contains("'subject':{'reference':'".replace('\'', '"') + urn + '"');
    assertThat(bound.boundReferences()).containsExactly("Condition/c.subject");
  }

  static Stream<Arguments> unbindable() {
    return Stream.of(
        Arguments.of("{'resourceType':'Bundle'}", "holds no Patient"),
        Arguments.of(
            "{'resourceType':'Bundle','entry':[{'fullUrl':'a'},7,null]}", "holds no Patient"),
        Arguments.of(
            "{'entry':[{'resource':" + PATIENT + "},{'resource':" + PATIENT + "}]}",
            "holds several Patients"),
        Arguments.of(
            "{'entry':[{'resource':{'resourceType':'Patient'}}]}",
            "holds a Patient with neither an id nor a full URL"),
        Arguments.of("{'entry':[{'resource':{'resourceType':'Patient','id':", "is not valid JSON"),
        Arguments.of("[", "is not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("unbindable")
  void refuses_a_file_in_which_it_is_not_clear_who_the_patient_is(String json, String reason) {
    assertThatThrownBy(patient(json)::bind)
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Pierflow open failed: patients/p_1.json " + reason);
  }
}
