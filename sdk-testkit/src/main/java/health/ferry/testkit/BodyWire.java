package health.ferry.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Carries an answer's body to the socket: frames it, holds it to its rate, counts it, and breaks it
 * where an {@link Interruption} says.
 */
final class BodyWire implements BodySink {

  private static final int PIECE = 256 * 1024;
  private static final int STEPS_PER_SECOND = 20;
  private static final byte[] CRLF = {'\r', '\n'};

  private final SocketChannel socket;
  private final boolean chunked;
  private final long bytesPerSecond;
  private final Deque<Interruption> interruptions;
  private final LongConsumer counter;
  private final CountDownLatch closing;
  private long sent;

  BodyWire(SocketChannel socket, AnswerPlan plan, LongConsumer counter, CountDownLatch closing) {
    this.socket = socket;
    this.chunked = plan.framing == Framing.CHUNKED;
    this.bytesPerSecond = plan.bytesPerSecond;
    this.interruptions = new ArrayDeque<>(plan.interruptionsInOrder());
    this.counter = counter;
    this.closing = closing;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      int piece = (int) nextPiece(end - bytes.position());
      openChunk(piece);
      bytes.limit(bytes.position() + piece);
      sendAll(bytes);
      bytes.limit(end);
      closeChunk();
      account(piece);
    }
  }

  @Override
  public void transfer(FileChannel file, long position, long count) throws IOException {
    long at = position;
    long end = position + count;
    while (at < end) {
      long piece = nextPiece(end - at);
      openChunk(piece);
      for (long pieceEnd = at + piece; at < pieceEnd; ) {
        long moved = file.transferTo(at, pieceEnd - at, socket);
        if (moved == 0 && file.size() <= at) {
          throw new EOFException("the served file has become shorter");
        }
        at += moved;
      }
      closeChunk();
      account(piece);
    }
  }

  /** Ends the body: what is still to go wrong, then the last chunk. */
  void finish() throws IOException {
    interruptIfDue();
    if (chunked) {
      sendAll(ascii("0\r\n\r\n"));
    }
  }

  /** How much of what is wanted may go now: up to the next interruption, at the set rate. */
  private long nextPiece(long wanted) throws IOException {
    interruptIfDue();
    long piece = Math.min(wanted, PIECE);
    if (bytesPerSecond > 0) {
      piece = Math.min(piece, Math.max(1, bytesPerSecond / STEPS_PER_SECOND));
    }
    Interruption next = interruptions.peek();
    return next == null ? piece : Math.min(piece, next.afterBytes() - sent);
  }

  private void account(long piece) throws IOException {
    sent += piece;
    counter.accept(piece);
    if (bytesPerSecond > 0) {
      waitFor(Duration.ofNanos(piece * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond));
    }
  }

  private void interruptIfDue() throws IOException {
    while (!interruptions.isEmpty() && interruptions.peek().afterBytes() <= sent) {
      Interruption due = interruptions.remove();
      switch (due.kind()) {
        case CUT -> throw new AnswerEnded("cut");
        case RESET -> {
          reset(socket);
          throw new AnswerEnded("reset");
        }
        case STALL -> {
          waitForPeer();
          throw new AnswerEnded("stalled");
        }
        case PAUSE -> waitFor(due.length());
      }
    }
  }

  /** SO_LINGER 0 makes the close a TCP RST. */
  static void reset(SocketChannel socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  /** Reading returns when the client closes, and throws when the server does. */
  private void waitForPeer() throws IOException {
    ByteBuffer ignored = ByteBuffer.allocate(1024);
    while (socket.read(ignored) >= 0) {
      ignored.clear();
    }
  }

  private void waitFor(Duration length) throws IOException {
    waitFor(length, closing);
  }

  static void waitFor(Duration length, CountDownLatch closing) throws IOException {
    try {
      if (closing.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AnswerEnded("server closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AnswerEnded("server closed");
    }
  }

  private void openChunk(long size) throws IOException {
    if (chunked) {
      sendAll(ascii(Long.toHexString(size) + "\r\n"));
    }
  }

  private void closeChunk() throws IOException {
    if (chunked) {
      sendAll(ByteBuffer.wrap(CRLF));
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void sendAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }
}
