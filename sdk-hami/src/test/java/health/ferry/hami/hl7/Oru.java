package health.ferry.hami.hl7;

import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Messages of results, put together of the segments that a test is about. */
final class Oru {

  static final String HEADER =
      "MSH|^~\\&|LAB|NORTH|HAMI|GROUP|20240523101500+0000||ORU^R01^ORU_R01|C-1|P|2.5.1";

  static final String PATIENT = "PID|1||77^^^NORTH^MR||Testname^Anna||19800102|F";

  static final String ORDER =
      "OBR|1|P-9^EHR|F-9^LAB|24323-8^Panel^LN|||20240523100000+0000"
          + "|||||||||||||||20240523101400+0000||LAB|F";

  static final Hl7Options KNOWN =
      Hl7Options.defaults()
          .identifierSystem("NORTH", "http://hospital.org/mrn")
          .identifierSystem("EHR", "http://hospital.org/orders")
          .identifierSystem("LAB", "http://lab.org/orders");

  private Oru() {}

  static String of(String... segments) {
    return String.join("\r", segments) + "\r";
  }

  /** The segments of one patient and one order, after a header. */
  static Hl7Mapping read(String... segments) {
    return Hl7Messages.read(HEADER + "\r" + PATIENT + "\r" + ORDER + "\r" + of(segments), KNOWN);
  }

  static <T extends Resource> List<T> all(Hl7Mapping mapping, Class<T> type) {
    return mapping.resources().stream().filter(type::isInstance).map(type::cast).toList();
  }

  static <T extends Resource> T only(Hl7Mapping mapping, Class<T> type) {
    List<T> all = all(mapping, type);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of type " + type.getSimpleName());
    }
    return all.get(0);
  }

  /** What an OBX alone becomes. */
  static Observation observation(String obx) {
    return only(Hl7Messages.readSegment(obx), Observation.class);
  }

  /** What a PID alone becomes. */
  static Patient patient(String pid) {
    return only(Hl7Messages.readSegment(pid), Patient.class);
  }

  /** The places that an unmapped part is reported at. */
  static List<String> places(Hl7Mapping mapping) {
    return mapping.unmapped().stream().map(Unmapped::path).toList();
  }
}
