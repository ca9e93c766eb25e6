package health.ferry.examples.faults;

import java.io.IOException;
import java.net.Socket;

/** What goes back over a connection. */
@FunctionalInterface
interface Answer {

  /**
   * Sends it.
   *
   * @return whether the connection is good for another request
   */
  boolean sendTo(Socket socket) throws IOException;
}
