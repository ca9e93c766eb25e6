package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.Body;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.internal.data.FhirResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays the output out in one block for each patient, headed by a Parameters resource (STU3, "Bulk
 * Data Output File Organization"). What belongs to no patient is left out, as the guide allows.
 */
final class OrganizedOutput {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String folder;
  private final int resourcesPerFile;
  private final List<JobFile> files = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int count;

  private OrganizedOutput(String folder, int resourcesPerFile) {
    this.folder = folder;
    this.resourcesPerFile = resourcesPerFile;
  }

  static List<JobFile> of(List<FhirResource> resources, String folder, int resourcesPerFile) {
    OrganizedOutput output = new OrganizedOutput(folder, resourcesPerFile);
    blocks(resources).forEach(output::add);
    output.endFile(false);
    return output.files;
  }

  /** By patient; the Patient itself comes first. */
  private static Map<String, List<FhirResource>> blocks(List<FhirResource> resources) {
    Map<String, List<FhirResource>> blocks = new LinkedHashMap<>();
    for (FhirResource resource : resources) {
      if (resource.patientId() != null) {
        List<FhirResource> block =
            blocks.computeIfAbsent(resource.patientId(), key -> new ArrayList<>());
        block.add(resource.type().equals("Patient") ? 0 : block.size(), resource);
      }
    }
    return blocks;
  }

  /** A block is split only when it is larger than a file; each part repeats the header. */
  private void add(String patient, List<FhirResource> block) {
    if (count + block.size() > resourcesPerFile) {
      endFile(false);
    }
    List<List<FhirResource>> parts = Pages.of(block, resourcesPerFile);
    for (int i = 0; i < parts.size(); i++) {
      text.append(header(patient)).append('\n');
      for (FhirResource resource : parts.get(i)) {
        text.append(resource.json()).append('\n');
        count++;
      }
      if (i < parts.size() - 1) {
        endFile(true);
      }
    }
  }

  private void endFile(boolean continues) {
    if (count == 0) {
      return;
    }
    String content = text.toString();
    files.add(
        new JobFile(
            ExtraFile.Section.OUTPUT,
            null,
            folder + name(files.size() + 1),
            Body.of(content),
            content,
            count,
            // A bare file name, as the SMART reference server has it.
            continues ? name(files.size() + 2) : null));
    text.setLength(0);
    count = 0;
  }

  private static String name(int number) {
    return "by-patient-" + number + ".ndjson";
  }

  private static String header(String patient) {
    ObjectNode header = JSON.createObjectNode().put("resourceType", "Parameters");
    header
        .putArray("parameter")
        .addObject()
        .put("name", "header")
        .putObject("valueReference")
        .put("reference", "Patient/" + patient);
    return header.toString();
  }
}
