package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.internal.json.JsonTree;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where R4 has Attachments, and which of them lie elsewhere. */
class AttachmentFinderTest {

  private static List<NamedAttachment> in(String resource) throws Exception {
    return AttachmentFinder.in(JsonTree.read(resource.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void an_attachment_is_known_with_its_place_and_what_its_resource_says_of_it() throws Exception {
    String document =
        "{\"resourceType\":\"DocumentReference\",\"id\":\"d1\",\"content\":[{\"attachment\":"
            + "{\"data\":\"AA==\",\"url\":\"Binary/0\"}},{\"attachment\":{\"contentType\":"
            + "\"application/pdf\",\"url\":\"Binary/1\",\"size\":7,\"hash\":\"aGFzaA==\"}}]}";

    assertThat(in(document))
        .containsExactly(
            new NamedAttachment(
                "DocumentReference/d1",
                "content[1].attachment",
                "Binary/1",
                Optional.of("application/pdf"),
                OptionalLong.of(7),
                Optional.of("aGFzaA==")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DiagnosticReport | \"presentedForm\":[#] | presentedForm[0]",
        "Media | \"content\":# | content",
        "Patient | \"photo\":[#] | photo[0]",
        "Practitioner | \"photo\":[#] | photo[0]",
        "Person | \"photo\":# | photo",
        "Consent | \"sourceAttachment\":# | sourceAttachment",
        "Communication | \"payload\":[{},{\"contentAttachment\":#}] | payload[1].contentAttachment",
        "QuestionnaireResponse | \"item\":[{\"item\":[{\"answer\":[{\"valueAttachment\":#}]}]}]"
            + " | item[0].item[0].answer[0].valueAttachment",
        "Observation | \"extension\":[{\"url\":\"x\",\"valueAttachment\":#}]"
            + " | extension[0].valueAttachment",
        "DiagnosticReport | \"contained\":[{\"resourceType\":\"Media\",\"content\":#}]"
            + " | contained[0].content",
      })
  void every_place_of_an_attachment_is_searched(String type, String member, String path)
      throws Exception {
    String attachment = "{\"url\":\"https://files.example/1\"}";
    String resource =
        "{\"resourceType\":\"%s\",\"id\":\"1\",%s}"
            .formatted(type, member.replace("#", attachment));

    assertThat(in(resource)).extracting(NamedAttachment::path).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"extension\":[{\"url\":\"https://x.example\"}]",
        "\"photo\":[{\"contentType\":\"image/png\",\"data\":\"AA==\"}]",
        "\"photo\":[{\"url\":\" \"},7,null]",
        "\"content\":{\"url\":\"https://x.example\"}",
      })
  void nothing_else_is_taken_for_one(String member) throws Exception {
    assertThat(in("{\"resourceType\":\"Patient\",\"id\":\"1\"," + member + "}")).isEmpty();
  }

  @Test
  void nothing_of_it_is_printed_and_one_url_is_one_file() throws Exception {
    List<NamedAttachment> two =
        in(
            "{\"resourceType\":\"Patient\",\"id\":\""
                + Canary.FAMILY
                + "\",\"photo\":[{\"url\":\"a/b\"},{\"url\":\"a/b\"}]}");

    two.forEach(Canary::assertAbsent);
    assertThat(two.get(0).fileName()).matches("[0-9a-f]{32}").isEqualTo(two.get(1).fileName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"#c1", "urn:oid:1.2.3", "data:text/plain,x", " "})
  void what_cannot_be_asked_for_is_no_attachment_to_fetch(String url) throws Exception {
    assertThat(
            in("{\"resourceType\":\"Media\",\"id\":\"m\",\"content\":{\"url\":\"" + url + "\"}}"))
        .isEmpty();
  }
}
