package health.ferry.testkit;

import java.util.Optional;
import java.util.function.Predicate;

/** Decides whether a request may have a served file. Called on connection threads. */
@FunctionalInterface
public interface FileGuard {

  /**
   * Looks at a request for the file.
   *
   * @param request the request
   * @return the answer instead of the file, or empty to let the request through
   */
  Optional<Fault> refusal(RecordedRequest request);

  /**
   * Lets everyone through.
   *
   * @return the guard
   */
  static FileGuard open() {
    return request -> Optional.empty();
  }

  /**
   * Asks for {@code Authorization: Bearer …}, and answers 401 otherwise.
   *
   * @param valid says whether a token is good
   * @return the guard
   */
  static FileGuard bearer(Predicate<String> valid) {
    return request -> {
      String header = request.header("Authorization").orElse("");
      boolean good = header.startsWith("Bearer ") && valid.test(header.substring(7));
      return good
          ? Optional.empty()
          : Optional.of(Fault.status(401).header("WWW-Authenticate", "Bearer"));
    };
  }

  /**
   * Refuses any {@code Authorization} header with 400, as S3 does for a presigned URL.
   *
   * @return the guard
   */
  static FileGuard noAuthorization() {
    return request ->
        request.header("Authorization").isEmpty()
            ? Optional.empty()
            : Optional.of(
                Fault.status(400)
                    .header("Content-Type", "application/xml")
                    .body(
                        "<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism"
                            + " allowed</Message></Error>"));
  }

  /**
   * Both guards, this one first.
   *
   * @param next asked when this guard lets the request through
   * @return the guard
   */
  default FileGuard and(FileGuard next) {
    return request -> refusal(request).or(() -> next.refusal(request));
  }
}
