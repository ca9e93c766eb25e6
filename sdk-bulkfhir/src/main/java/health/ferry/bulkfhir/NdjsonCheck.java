package health.ferry.bulkfhir;

import health.ferry.bulkfhir.internal.check.JsonLineScanner;
import health.ferry.bulkfhir.internal.check.MalformedLineException;
import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.transfer.ContentCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees while a file's bytes pass that each line is one whole resource of the promised type, and
 * counts them. Errors name the file and the line, never a value.
 */
final class NdjsonCheck implements ContentCheck {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final Pattern TYPE_NAME = Pattern.compile("[A-Z][A-Za-z]{0,63}");

  private final NdjsonPromise promise;
  private final CallInfo call;
  private final JsonLineScanner scanner = new JsonLineScanner();
  private final HeaderLine header = new HeaderLine();
  private final Map<String, Count> counts = new TreeMap<>();
  private @Nullable Count last;
  private long position;
  private int markBytes;
  private long lineNumber = 1;
  private long lineBytes;
  private boolean endsInCarriageReturn;

  /** How many resources of a type have passed. */
  private static final class Count {
    private final String type;
    private long resources;

    Count(String type) {
      this.type = type;
    }
  }

  NdjsonCheck(NdjsonPromise promise, CallInfo call) {
    this.promise = promise;
    this.call = call;
  }

  /** How many resources of each type have passed, header lines left out. */
  Map<String, Long> counts() {
    Map<String, Long> resources = new TreeMap<>();
    counts.forEach((type, count) -> resources.put(type, count.resources));
    return resources;
  }

  /** How many resources have passed, header lines left out. */
  long resources() {
    return counts.values().stream().mapToLong(count -> count.resources).sum();
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = afterByteOrderMark(bytes, offset, end);
    try {
      while (i < end) {
        int lineEnd = scanner.scan(bytes, i, end);
        passed(bytes, i, lineEnd);
        i = lineEnd;
        if (i < end) {
          endLine();
          i++;
        }
      }
    } catch (MalformedLineException malformed) {
      if (position == 0 && lineNumber == 1 && malformed.isCut()) {
        PrintedResource.type(bytes, offset, length).ifPresent(this::requirePromised);
      }
      throw failed(malformed.problem());
    }
    position += length;
  }

  private int afterByteOrderMark(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end
        && markBytes < BYTE_ORDER_MARK.length
        && position + (i - from) == markBytes
        && bytes[i] == BYTE_ORDER_MARK[markBytes]) {
      i++;
      markBytes++;
    }
    if (i < end) {
      requireWholeMark();
    }
    return i;
  }

  private void requireWholeMark() {
    if (markBytes != 0 && markBytes != BYTE_ORDER_MARK.length) {
      throw failed("is no JSON object");
    }
  }

  private void passed(byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    lineBytes += to - from;
    endsInCarriageReturn = bytes[to - 1] == '\r';
    if (lineBytes - (endsInCarriageReturn ? 1 : 0) > promise.maxLineBytes()) {
      throw failed("is longer than " + promise.maxLineBytes() + " bytes");
    }
    if (promise.organized()) {
      header.take(bytes, from, to);
    }
  }

  private void endLine() throws MalformedLineException {
    if (scanner.endLine()) {
      String type = scanner.resourceType().orElse("");
      if (!(promise.organized() && type.equals("Parameters") && header.isHeader())) {
        count(type);
      }
    }
    scanner.nextLine();
    header.clear();
    lineNumber++;
    lineBytes = 0;
  }

  private void count(String type) {
    // Nearly every line is of the same type as the one before.
    Count count = last;
    if (count == null || !count.type.equals(type)) {
      if (!counts.containsKey(type)) {
        requirePromised(type);
      }
      count = counts.computeIfAbsent(type, Count::new);
      last = count;
    }
    count.resources++;
  }

  private void requirePromised(String type) {
    if (!TYPE_NAME.matcher(type).matches()) {
      throw failed("names no resourceType");
    }
    if (promise.type().equals(Optional.of(type))) {
      return;
    }
    if (promise.organized()) {
      refuseServersError(type, "resources");
    } else if (promise.type().isPresent()) {
      refuseInPlaceOf(promise.type().get(), type);
      throw failed("does not hold the promised type " + promise.type().get());
    }
  }

  /** What servers send instead of a file, with status 200. */
  private void refuseInPlaceOf(String promised, String type) {
    refuseServersError(type, promised + " resources");
    if (type.equals("Binary")) {
      // F4: HAPI's way when it is asked for application/fhir+json.
      throw failed("holds a Binary that wraps the file: ask for application/fhir+ndjson");
    }
  }

  private void refuseServersError(String type, String promised) {
    if (type.equals("OperationOutcome")) {
      throw failed("holds an OperationOutcome where " + promised + " were promised");
    }
  }

  @Override
  public void finish(Path content) throws IOException {
    requireWholeMark();
    try {
      endLine();
    } catch (MalformedLineException cut) {
      throw failed(cut.problem());
    }
    if (promise.count().isPresent() && !isCount(promise.count().getAsLong(), content)) {
      throw new IntegrityException(
          call,
          "%s holds %d resources, the manifest says %d"
              .formatted(promise.fileName(), resources(), promise.count().getAsLong()),
          null);
    }
  }

  private boolean isCount(long promised, Path content) throws IOException {
    return promised == resources() || (promise.deletions() && promised == deletions(content));
  }

  private static long deletions(Path content) throws IOException {
    long entries = 0;
    try (DeletionScanner scanner = new DeletionScanner(Files.newInputStream(content))) {
      while (scanner.advance()) {
        entries++;
      }
    }
    return entries;
  }

  private IntegrityException failed(String problem) {
    return new IntegrityException(
        call, promise.fileName() + " line " + lineNumber + " " + problem, null);
  }
}
