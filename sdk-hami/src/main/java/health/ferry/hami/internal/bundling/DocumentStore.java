package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import java.util.List;

/**
 * The input by position, in memory or on disk: all that {@link IndexedGroups} asks of those who
 * keep it.
 */
public interface DocumentStore extends AutoCloseable {

  /** How many there are. */
  int size();

  /**
   * One of them. Asked for in order at first and at random later; a new object at each call is
   * fine.
   *
   * @param position from 0, in the order in which they came in
   */
  InputDocument get(int position);

  /** Lets go of files. */
  @Override
  void close();

  /** What is in memory already. */
  static DocumentStore of(List<InputDocument> documents) {
    return new DocumentStore() {
      @Override
      public int size() {
        return documents.size();
      }

      @Override
      public InputDocument get(int position) {
        return documents.get(position);
      }

      @Override
      public void close() {}
    };
  }
}
