package health.ferry.hami.internal.input;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.NdjsonReader;
import health.ferry.fhir.RawResource;
import java.nio.file.Path;

/** A file with a resource a line. */
final class NdjsonFile {

  private final String name;
  private final Path file;

  NdjsonFile(String name, Path file) {
    this.name = name;
    this.file = file;
  }

  void read(Intake intake) {
    try (NdjsonIterator<RawResource> lines = NdjsonReader.of(file).raw()) {
      while (hasNext(lines, intake)) {
        read(lines, intake);
      }
    }
  }

  private boolean hasNext(NdjsonIterator<RawResource> lines, Intake intake) {
    try {
      return lines.hasNext();
    } catch (IntegrityException unreadable) {
      intake.refuse(name, "cannot be read to its end");
      return false;
    }
  }

  private void read(NdjsonIterator<RawResource> lines, Intake intake) {
    RawResource line;
    try {
      line = lines.next();
    } catch (IntegrityException bad) {
      String place = place(lines.lineNumber());
      intake.refuse(place, problem(bad, place));
      return;
    }
    intake.take(place(line.lineNumber()), line.bytes(), (String) null);
  }

  private String place(long line) {
    return name + " line " + line;
  }

  /** What the reader says of the line: its message names the call and the place before it. */
  private static String problem(FerryException bad, String place) {
    String message = String.valueOf(bad.getMessage());
    int at = message.indexOf(place);
    return at < 0 ? message : message.substring(at + place.length()).strip();
  }
}
