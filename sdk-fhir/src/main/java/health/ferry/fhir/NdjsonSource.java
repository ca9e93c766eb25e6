package health.ferry.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something to read lines from, and the name that errors give it. */
record NdjsonSource(String name, Opener opener) {

  /** Opens the bytes when their turn has come. */
  interface Opener {
    InputStream open() throws IOException;
  }

  /** A file, by its name alone: a whole path says more about a machine than an error should. */
  static NdjsonSource of(Path file) {
    return new NdjsonSource(nameOf(file), () -> Files.newInputStream(file));
  }

  static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "file" : name.toString();
  }
}
