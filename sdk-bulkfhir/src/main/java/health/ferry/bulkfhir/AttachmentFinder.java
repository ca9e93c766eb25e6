package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the Attachments of a resource by their place in FHIR R4: the elements below, and every
 * element whose name ends in {@code Attachment}, as all others of that type do ({@code
 * Consent.sourceAttachment}, {@code Communication.payload.contentAttachment}, {@code
 * QuestionnaireResponse.item.answer.valueAttachment}, {@code extension.valueAttachment}, …).
 * Contained resources are searched as what they are.
 */
final class AttachmentFinder {

  private static final Set<String> ELEMENTS =
      Set.of(
          "BodyStructure.image",
          "DiagnosticReport.presentedForm",
          "DocumentReference.content.attachment",
          "HealthcareService.photo",
          "Library.content",
          "Media.content",
          "Patient.photo",
          "Person.photo",
          "Practitioner.photo",
          "RelatedPerson.photo");

  private final String resource;
  private final List<NamedAttachment> found = new ArrayList<>();

  private AttachmentFinder(String resource) {
    this.resource = resource;
  }

  /** The Attachments of a resource that name a URL and hold no data, in its order. */
  static List<NamedAttachment> in(JsonNode resource) {
    String type = resource.path("resourceType").asText();
    AttachmentFinder finder = new AttachmentFinder(type + "/" + resource.path("id").asText());
    finder.search(resource, type, "");
    return finder.found;
  }

  /**
   * Searches the members of an object.
   *
   * @param element the object's name in the standard, such as {@code DocumentReference.content}
   * @param path the object's place in the resource, such as {@code content[0].}
   */
  private void search(JsonNode object, String element, String path) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (!value.isArray()) {
        look(value, element + "." + name, path + name);
        continue;
      }
      for (int i = 0; i < value.size(); i++) {
        look(value.get(i), element + "." + name, path + name + "[" + i + "]");
      }
    }
  }

  private void look(JsonNode value, String element, String path) {
    if (!value.isObject()) {
      return;
    }
    if (ELEMENTS.contains(element) || element.endsWith("Attachment")) {
      take(value, path);
    }
    boolean isResource = value.path("resourceType").isTextual();
    search(value, isResource ? value.path("resourceType").asText() : element, path + ".");
  }

  private void take(JsonNode attachment, String path) {
    JsonNode url = attachment.path("url");
    if (!url.isTextual() || !isSomewhereElse(url.asText()) || attachment.path("data").isTextual()) {
      return;
    }
    JsonNode size = attachment.path("size");
    found.add(
        new NamedAttachment(
            resource,
            path,
            url.asText(),
            text(attachment.path("contentType")),
            size.canConvertToLong() ? OptionalLong.of(size.asLong()) : OptionalLong.empty(),
            text(attachment.path("hash"))));
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** No contained resource, no name, and no data of its own. */
  private static boolean isSomewhereElse(String url) {
    String text = url.strip().toLowerCase(Locale.ROOT);
    return !text.isEmpty() && Stream.of("#", "urn:", "data:").noneMatch(text::startsWith);
  }
}
