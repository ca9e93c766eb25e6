package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle whose entries refer to each other is decoded as by HAPI, or left to it. */
class BundleDecodingTest {

  private static final String PATIENT = "{'resourceType':'Patient','id':'p','active':true}";

  private final FhirContext context = FhirR4.shared().context();
  private final HapiAlone hapi = new HapiAlone();

  private static String bundle(String entries) {
    return ("{'resourceType':'Bundle','id':'b','type':'collection','total':2,'entry':["
            + entries
            + "]}")
        .replace('\'', '"');
  }

  private static String observation(String subject) {
    return "{'resource':{'resourceType':'Observation','id':'o_1','subject':{'reference':'"
        + subject
        + "'}}}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'fullUrl':'Patient/p'}",
        "{'fullUrl':'Patient/p','resource':" + PATIENT + "}",
        "{'resource':" + PATIENT + ",'fullUrl':'urn:uuid:3f8c1f0e-1111-4222-8333-944445555666'}",
        "{'resource':{'resourceType':'Patient'},'fullUrl':'urn:uuid:3f8c1f0e'},"
            + "{'resource':{'resourceType':'Basic','subject':{'reference':'urn:uuid:3f8c1f0e'}}}",
        "{'resource':{'resourceType':'Patient','id':'urn:uuid:1'}}",
        "{'resource':{'resourceType':'Patient','id':'p','meta':{'versionId':'3'}}}",
        "{'link':[{'relation':'self','url':'u'}],'search':{'mode':'match','score':1.50}}",
        "{'resource':{'resourceType':'Patient','id':'p','link':[{'other':{'reference':'Bundle/b'}}]}}",
        "{'resource':{'resourceType':'Patient','id':'p','extension':[{'url':'u',"
            + "'valueReference':{'reference':'Patient/p'}}]}}"
      })
  void forms_of_bundles_are_decoded_as_by_hapi(String entries) throws IOException {
    agrees(bundle(entries));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/p",
        "Patient/p/_history/2",
        "https://example.org/fhir/Patient/p",
        "urn:uuid:3f8c1f0e",
        "Patient/other",
        "Observation/o_1",
        "p",
        "#p",
        "#",
        ""
      })
  void references_get_the_targets_that_hapi_gives_them(String subject) throws IOException {
    String patient = "{'fullUrl':'urn:uuid:3f8c1f0e','resource':" + PATIENT + "},";
    agrees(bundle(patient + observation(subject)));
    agrees(bundle(observation(subject) + ",{'fullUrl':'p','resource':" + PATIENT + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'request':{'method':'POST','url':'urn:uuid:1'},'resource':{'resourceType':'Patient'}}",
        "{'resource':" + PATIENT + "},{'resource':" + PATIENT + "}",
        "{'resource':{'resourceType':'Patient','contained':[{'resourceType':'Basic','id':'c'}]}}",
        "{'resource':{'resourceType':'Bundle'}}",
        "{'resource':{'resourceType':'Parameters','parameter':[{'resource':" + PATIENT + "}]}}",
        "{'resource':{'id':'p','resourceType':'Patient'}}",
        "{'resource':{}}",
        "{'resource':null}",
        "{'resource':[" + PATIENT + "]}",
        "{'resource':{'resourceType':'Nothing'}}"
      })
  void anything_else_is_left_to_hapi(String entries) throws IOException {
    assertThat(decoded(bundle(entries))).isEmpty();
    hapi.agreesOn(bundle(entries));
  }

  @Test
  void changed_bundles_are_taken_or_refused_as_by_hapi() throws IOException {
    MutatedJson mutated = new MutatedJson(new Random(7));
    String json =
        bundle(
            "{'fullUrl':'Patient/p','resource':"
                + PATIENT
                + "},"
                + observation("Patient/p")
                + ",{'fullUrl':'urn:uuid:e','resource':{'resourceType':'Encounter','subject':"
                + "{'reference':'Patient/p','display':'d'},'partOf':{'reference':'urn:uuid:e'}}}");
    int taken = 0;
    int decodedAlone = 0;
    for (int i = 0; i < 600; i++) {
      String changed = mutated.of(json);
      Optional<Resource> expected = hapi.parsed(changed);
      taken += hapi.agreesOn(changed) ? 1 : 0;
      if (expected.isPresent()) {
        decodedAlone += decoded(changed).isPresent() ? 1 : 0;
        assertThat(targets(FhirR4.shared().codec().parse(changed)))
            .as(changed)
            .isEqualTo(targets(expected.get()));
      }
    }
    assertThat(taken).isBetween(60, 540);
    assertThat(decodedAlone).isGreaterThan(30);
  }

  @Test
  void synthetic_patients_without_requests_are_decoded_as_by_hapi() throws IOException {
    for (Path file : SyntheticPatients.bundles()) {
      Bundle bundle = FhirR4.shared().codec().parse(Bundle.class, Files.readString(file));
      bundle.getEntry().forEach(entry -> entry.setRequest(null));
      String json = FhirR4.shared().codec().encode(bundle);
      Resource expected = hapi.parsed(json).orElseThrow();
      Resource actual = FhirR4.shared().codec().parse(json);
      hapi.assertSame(actual, expected, file.toString());
      assertThat(targets(actual)).hasSizeGreaterThan(5).isEqualTo(targets(expected));
    }
  }

  private void agrees(String json) throws IOException {
    Resource expected = hapi.parsed(json).orElseThrow();
    Resource actual = decoded(json).orElseThrow();
    hapi.assertSame(actual, expected, json);
    assertThat(targets(actual)).as(json).isEqualTo(targets(expected));
  }

  /** What each reference of the bundle's resources was linked with. */
  private List<String> targets(Resource bundle) {
    return ((Bundle) bundle)
        .getEntry().stream()
            .filter(Bundle.BundleEntryComponent::hasResource)
            .flatMap(entry -> references(entry.getResource()))
            .map(IBaseReference::getResource)
            .map(target -> target == null ? "none" : name(target))
            .toList();
  }

  private Stream<IBaseReference> references(Resource resource) {
    return context
        .newTerser()
        .getAllPopulatedChildElementsOfType(resource, IBaseReference.class)
        .stream();
  }

  private static String name(IBaseResource target) {
    return target.fhirType() + " " + Objects.toString(target.getIdElement().getValue(), "-");
  }

  private static Optional<Resource> decoded(String json) throws IOException {
    try (JsonParser tokens = ResourceJson.FACTORY.createParser(json)) {
      return Optional.ofNullable(FhirR4.shared().decoder().decode("Bundle", tokens));
    }
  }
}
