package health.ferry.hami.internal.input;

import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Resources to send, wherever they lie. They are read one at a time, each of at most 16 MiB, and as
 * often as asked for.
 *
 * <p>A Bundle may be of any type: what counts are its entries' resources, whatever was to be done
 * with them. An entry that asks for something else, a DELETE or a PATCH, is refused, since HAMI
 * takes resources alone; so is an entry without a resource, and a Bundle within a Bundle.
 */
public interface Input {

  /**
   * Hands on every resource, in order, each with its place in the words of errors. After the first
   * that cannot be read no more are handed on, but the rest is still looked through, so that one
   * error names all that is wrong.
   *
   * @throws InvalidInputException when anything cannot be read: up to 100 places, each by file and
   *     line or entry, and never a value
   * @throws CancelledException when the thread was interrupted; its flag is still set
   */
  void read(Consumer<? super InputDocument> taker);

  /**
   * Files and folders. {@code .ndjson} holds a resource a line; {@code .json} holds a Bundle of any
   * size or one resource. Of a folder its own files are read, in the order of their names. Left
   * alone are hidden files, {@code log.ndjson}, {@code deleted}, {@code error} and {@code
   * attachments} (a bulk export's), and {@code *.journal} (Ferry's own); any other file or folder
   * is refused, since it may be data that is not read. A reading that finds no resource at all is
   * refused as well.
   */
  static Input ofFiles(List<Path> paths, FhirR4 fhir) {
    return new InputFiles(paths, fhir);
  }

  /** A Bundle or a single resource as JSON. One without any resource is refused. */
  static Input ofJson(String json, FhirR4 fhir) {
    return new JsonInput(json, fhir);
  }

  /** A Bundle. One without any resource is refused. */
  static Input ofBundle(Bundle bundle, FhirR4 fhir) {
    return new TypedBundle(bundle, fhir);
  }

  /** Models, each of which is encoded once per reading; none at all is no error. */
  static Input ofResources(Iterable<? extends Resource> resources, FhirR4 fhir) {
    return new TypedResources(resources, fhir);
  }

  /** Models, one at a time as they are asked for. The first that cannot be read ends it. */
  static Iterable<InputDocument> eachOf(Iterable<? extends Resource> resources, FhirR4 fhir) {
    return new TypedStream(resources, fhir);
  }

  /** The place of one of the models in a row, by its index from 0. */
  static String place(long index) {
    return "resources[" + index + "]";
  }
}
