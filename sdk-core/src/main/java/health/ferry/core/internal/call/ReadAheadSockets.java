package health.ferry.core.internal.call;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that take 64 KiB from the kernel at a time. OkHttp asks for 8 KiB, and a large download
 * spends a fifth of its processor time on those calls.
 */
final class ReadAheadSockets extends SocketFactory {

  private static final int AHEAD = 64 * 1024;

  @Override
  public Socket createSocket() {
    return new ReadAheadSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  private static Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from)
      throws IOException {
    Socket socket = new ReadAheadSocket();
    try {
      socket.bind(from);
      socket.connect(to);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private static final class ReadAheadSocket extends Socket {
    private @Nullable InputStream ahead;

    /** One stream for all who ask, as with any socket: what it holds must not be lost. */
    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (ahead == null) {
        ahead = new BufferedInputStream(super.getInputStream(), AHEAD);
      }
      return ahead;
    }
  }
}
