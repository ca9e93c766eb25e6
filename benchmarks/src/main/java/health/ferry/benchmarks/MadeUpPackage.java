package health.ferry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.digest.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An import package of made-up patients as Pierflow builds it, the same one from the same seed. */
final class MadeUpPackage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path zip;
  private final int patients;
  private long bytes;

  private MadeUpPackage(Path zip, int patients) {
    this.zip = zip;
    this.patients = patients;
  }

  /**
   * Writes a package.
   *
   * @param resources how many each patient has beside the Patient
   */
  static MadeUpPackage write(Path zip, int patients, int resources) throws IOException {
    MadeUpPackage made = new MadeUpPackage(zip, patients);
    made.write(resources);
    return made;
  }

  Path zip() {
    return zip;
  }

  int patients() {
    return patients;
  }

  /** The size of all files when inflated. */
  long bytes() {
    return bytes;
  }

  private void write(int resources) throws IOException {
    ObjectNode manifest = JSON.createObjectNode().put("package_format", "FHIR_R4_JSON");
    ArrayNode index = manifest.put("patient_count", patients).putArray("patients");
    StringBuilder list = new StringBuilder();
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
      for (int i = 0; i < patients; i++) {
        String id = "pat_%06d".formatted(i);
        String file = "patients/" + id + ".json";
        list.append(add(out, file, bundle(id, resources, new Random(i))));
        index.addObject().put("patient_id", id).put("file", file).put("record_count", resources);
      }
      list.append(add(out, "manifest.json", pretty(manifest)));
      add(out, "checksum.sha256", list.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Adds a file; its line in the checksum list. */
  private String add(ZipOutputStream out, String file, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(file));
    out.write(content);
    out.closeEntry();
    bytes += content.length;
    return Digests.sha256Hex(content) + "  " + file + "\n";
  }

  private static byte[] bundle(String id, int resources, Random random) throws IOException {
    ObjectNode bundle = JSON.createObjectNode().put("resourceType", "Bundle");
    bundle.put("type", "collection").put("total", resources + 1);
    ArrayNode entries = bundle.putArray("entry");
    for (int i = 0; i <= resources; i++) {
      MadeUpResource kind =
          i == 0
              ? MadeUpResource.PATIENT
              : switch (i % 5) {
                case 0 -> MadeUpResource.ENCOUNTER;
                case 1 -> MadeUpResource.CONDITION;
                default -> MadeUpResource.OBSERVATION;
              };
      ObjectNode resource = (ObjectNode) JSON.readTree(kind.line(random));
      resource.put("id", i == 0 ? id : "rec_" + i + "_" + id);
      if (resource.has("subject")) {
        resource.putObject("subject").put("reference", "Patient/pat_0a1b2c3d4e5f");
      }
      entries
          .addObject()
          .put("fullUrl", kind.type() + "/" + resource.path("id").asText())
          .set("resource", resource);
    }
    return pretty(bundle);
  }

  private static byte[] pretty(JsonNode json) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }
}
