package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ferry's decoder gives what HAPI's parser gives, or leaves the text to it. */
class DecodingTest {

  /** Requests of a bundle's entries, and resources within resources other than those. */
  private static final Set<String> LEFT_TO_HAPI = Set.of("Bundle", "Parameters");

  private final FhirContext context = FhirR4.shared().context();
  private final HapiAlone hapi = new HapiAlone();

  @ParameterizedTest
  @EnumSource(ResourceType.class)
  void every_type_is_decoded_as_by_hapi(ResourceType type) throws IOException {
    String json = FhirR4.shared().codec().encode(FilledResources.of(context, type.name()));

    assertThat(decoded(type.name(), json).isEmpty()).isEqualTo(LEFT_TO_HAPI.contains(type.name()));
    assertThat(hapi.agreesOn(json)).isTrue();
  }

  @Test
  void every_synthetic_resource_is_decoded_as_by_hapi() throws IOException {
    List<String> lines = SyntheticPatients.lines();

    assertThat(lines).hasSizeGreaterThan(1000);
    for (String line : lines) {
      Resource expected = hapi.parsed(line).orElseThrow();
      hapi.assertSame(decoded(expected.fhirType(), line).orElseThrow(), expected, line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'birthDate':'2026-01','_birthDate':{'id':'b','extension':[{'url':'a','valueCode':'c'}]}",
        "'_birthDate':{'extension':[{'url':'a','valueDecimal':1.50}]}",
        "'birthDate':null,'_birthDate':{'id':'b'}",
        "'id':'a','meta':{'versionId':'3','lastUpdated':'2026-01-02T03:04:05.678+01:00'}",
        "'id':'urn:uuid:3f8c1f0e-1111-4222-8333-944445555666'",
        "'id':' spaced ','language':' de ','active':true,'gender':'female'",
        "'active':'true','multipleBirthInteger':'3','gender':'','language':null",
        "'name':[{'given':['a',null,'c'],'_given':[null,{'id':'b'},{'extension':[{'url':'u'}]}]}]",
        "'name':[{'id':'n','given':[],'family':'Größe \\\" \\\\ 漢字 🏥'}],'shoeSize':46",
        "'extension':[{'id':'e','extension':[{'url':'in','valueQuantity':{'value':1E+2}}],'url':'u'}]",
        "'extension':[{'url':'u','valueString':'v','_valueString':{'id':'i'}}]",
        "'extension':[{'url':'u','_valueString':{'extension':[{'url':'n','valueInteger':-7}]}}]",
        "'modifierExtension':[{'url':'','valueReference':{'reference':'Patient/1/_history/2'}}]",
        "'contact':[{'id':'c','modifierExtension':[{'url':'m','valueBoolean':false}]}]",
        "'contained':[{'resourceType':'Organization','id':'o'}],"
            + "'managingOrganization':{'reference':'#o'},'link':[{'other':{'reference':'#x'}}]",
        "'contained':[{'resourceType':'Organization','id':'#o','partOf':{'reference':'#o'}},"
            + "{'resourceType':'Basic'}],'managingOrganizationResource':{'reference':'#o'}",
        "'text':{'status':'generated','div':'<div>a &amp; b &#160; &lt;<br/><!-- c --></div>'}",
        "'text':{'status':'generated','div':'no markup'}",
        "'photo':[{'data':'AQID','size':3,'creation':'2026-01-02T03:04:05Z'}],'deceasedBoolean':false",
      })
  void forms_that_fhir_allows_are_decoded_as_by_hapi(String members) throws IOException {
    String json = ("{'resourceType':'Patient'," + members + "}").replace('\'', '"');

    assertThat(decoded("Patient", json)).isPresent();
    assertThat(hapi.agreesOn(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'_birthDate':{'id':'b'},'birthDate':'2026'",
        "'birthDate':'2026','birthDate':'2027'",
        "'deceasedBoolean':true,'deceasedDateTime':'2026'",
        "'multipleBirthInteger':-0",
        "'name':{'family':'one'}",
        "'name':[{'family':'one'},null]",
        "'name':[{'given':'one'}]",
        "'gender':['male']",
        "'birthDate':'2026-13'",
        "'id':5",
        "'meta':{'modifierExtension':null}",
        "'contained':[{'id':'o','resourceType':'Organization'}]",
        "'contained':[{'resourceType':'Organization','contained':[{'resourceType':'Basic'}]}]",
        "'later':{'extension':{}}",
        "'extension':[{'url':'u','valueString':'a','valueCode':'b'}]",
        "'extension':[{'url':'u','valueString':'a','extension':[{'url':'n'}]}]",
        "'resourceType':'Group'",
        "'text':{'div':'<div>'}",
        "'active':tru",
      })
  void anything_else_is_left_to_hapi(String members) throws IOException {
    String json = ("{'resourceType':'Patient'," + members + "}").replace('\'', '"');

    assertThat(decoded("Patient", json)).isEmpty();
    hapi.agreesOn(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient",
        "Observation",
        "Claim",
        "Questionnaire",
        "Provenance",
        "Bundle",
        "Group"
      })
  void changed_resources_are_taken_or_refused_as_by_hapi(String type) throws IOException {
    MutatedJson mutated = new MutatedJson(new Random(type.hashCode()));
    String json = FhirR4.shared().codec().encode(FilledResources.of(context, type));
    int taken = 0;
    for (int i = 0; i < 150; i++) {
      taken += hapi.agreesOn(mutated.of(json)) ? 1 : 0;
    }
    assertThat(taken).as("some are taken and some are not").isBetween(15, 135);
  }

  private static Optional<Resource> decoded(String type, String json) throws IOException {
    try (JsonParser tokens = ResourceJson.FACTORY.createParser(json)) {
      return Optional.ofNullable(FhirR4.shared().decoder().decode(type, tokens));
    }
  }
}
