package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is known to do with an export, so that a request that it would misread is refused
 * before it is sent.
 */
public enum ExportPreset {
  /** Any server that speaks the standard: nothing is refused. */
  GENERIC {
    @Override
    List<Violation> objections(ExportRequest request) {
      return List.of();
    }
  },

  /**
   * iEHR (Medplum): reads {@code _type}, {@code _since} and {@code _outputFormat} from the query
   * and ignores every other parameter without a word, so that a narrowed export would bring
   * everything.
   */
  IEHR {
    @Override
    List<Violation> objections(ExportRequest request) {
      List<Violation> found = new ArrayList<>();
      String rule = "is ignored by iEHR, which would export everything; leave it out";
      if (request.until().isPresent()) {
        found.add(new Violation("until", rule));
      }
      if (!request.typeFilters().isEmpty()) {
        found.add(new Violation("typeFilter", rule));
      }
      if (!request.elements().isEmpty()) {
        found.add(new Violation("elements", rule));
      }
      return found;
    }
  },

  /**
   * Veradigm: exports groups alone ({@code [FHIR path]/Group/[id]/$export});
   * developer.veradigm.com, "Bulk Data".
   */
  VERADIGM {
    @Override
    List<Violation> objections(ExportRequest request) {
      return request.level() == Level.GROUP
          ? List.of()
          : List.of(new Violation("level", "must be a group: Veradigm exports nothing else"));
    }
  };

  /**
   * Refuses what the server would misread.
   *
   * @throws InvalidInputException before anything is sent or written
   */
  void requireUnderstood(ExportRequest request) {
    List<Violation> objections = objections(request);
    if (!objections.isEmpty()) {
      throw new InvalidInputException(CallInfo.of("Bulk FHIR", "export request"), objections);
    }
  }

  /** What the server would misread in the request, empty when all is well. */
  abstract List<Violation> objections(ExportRequest request);
}
