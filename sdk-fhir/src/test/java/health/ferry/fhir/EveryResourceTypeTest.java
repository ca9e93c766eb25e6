package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars that are left out of the class path are not missed: all of R4 JSON goes both ways. */
class EveryResourceTypeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FhirCodec codec = FhirR4.shared().codec();
  private final FhirContext context = FhirR4.shared().context();

  @ParameterizedTest
  @EnumSource(ResourceType.class)
  void survives_the_way_to_json_and_back(ResourceType type) {
    Resource resource = FilledResources.of(context, type.name());

    String json = codec.encode(resource);
    Resource parsed = codec.parse(json);

    assertThat(json).doesNotContain("\n").contains("\"resourceType\":\"" + type.name() + "\"");
    assertThat(parsed).isInstanceOf(resource.getClass());
    assertThat(codec.encode(parsed)).isEqualTo(json);
    assertThat(parsed.getIdPart()).isEqualTo("example");
    parsed.setIdElement(resource.getIdElement()); // HAPI adds type and version to the id
    assertThat(parsed.equalsDeep(resource)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Address",
        "Age",
        "Annotation",
        "Attachment",
        "CodeableConcept",
        "Coding",
        "ContactPoint",
        "ContactDetail",
        "Contributor",
        "Count",
        "DataRequirement",
        "Distance",
        "Dosage",
        "Duration",
        "Expression",
        "HumanName",
        "Identifier",
        "Meta",
        "Money",
        "ParameterDefinition",
        "Period",
        "Quantity",
        "Range",
        "Ratio",
        "Reference",
        "RelatedArtifact",
        "SampledData",
        "Signature",
        "Timing",
        "TriggerDefinition",
        "UsageContext",
        "base64Binary",
        "boolean",
        "canonical",
        "code",
        "date",
        "dateTime",
        "decimal",
        "id",
        "instant",
        "integer",
        "markdown",
        "oid",
        "positiveInt",
        "string",
        "time",
        "unsignedInt",
        "uri",
        "url",
        "uuid"
      })
  void carries_every_datatype_in_an_extension(String datatype) {
    Type value = FilledResources.datatype(context, datatype);
    Basic basic = new Basic();
    basic.addExtension("http://example.org/value", value);

    String json = codec.encode(basic);
    Basic parsed = codec.parse(Basic.class, json);

    assertThat(value.isEmpty()).isFalse();
    assertThat(codec.encode(parsed)).isEqualTo(json);
    assertThat(parsed.equalsDeep(basic)).isTrue();
  }

  @Test
  void synthea_bundles_lose_nothing() throws IOException {
    List<Path> files = SyntheticPatients.bundles();

    assertThat(files).isNotEmpty();
    for (Path file : files) {
      String json = Files.readString(file);
      Bundle bundle = codec.parse(Bundle.class, json);
      String encoded = codec.encode(bundle);

      assertThat(bundle.getEntry()).isNotEmpty();
      assertThat(codec.parse(Bundle.class, encoded).equalsDeep(bundle)).isTrue();
      assertThat(JSON.readTree(encoded)).as(file.toString()).isEqualTo(JSON.readTree(json));
    }
  }
}
