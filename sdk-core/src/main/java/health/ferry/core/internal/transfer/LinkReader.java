package health.ferry.core.internal.transfer;

import health.ferry.core.internal.call.Answer;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Tells an answer that is the file from one that only says where the file is. */
@FunctionalInterface
public interface LinkReader {

  /** Every answer is the file. */
  LinkReader NONE = answer -> Optional.empty();

  /**
   * Reads the link out of an answer.
   *
   * @return where the file is, a URL that the policy allows; it is fetched without any credential.
   *     Empty when the answer is the file, whose body is then untouched
   */
  Optional<HttpUrl> read(Answer answer) throws IOException;
}
