package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** An archive's bytes, in memory or on disk. */
public final class PackageContent {

  private final Body body;
  private final String sha256;
  private final Supplier<byte[]> bytes;

  private PackageContent(Body body, String sha256, Supplier<byte[]> bytes) {
    this.body = body;
    this.sha256 = sha256;
    this.bytes = bytes;
  }

  /** Keeps a copy. */
  public static PackageContent of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new PackageContent(Body.of(copy), Sha256.of(copy), () -> copy);
  }

  /** Reads the file again at each download. */
  public static PackageContent of(Path file) {
    return new PackageContent(Body.file(file), Sha256.of(file), () -> read(file));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the host of the files. */
  Body body() {
    return body;
  }

  long length() {
    return body.length();
  }

  /** 64 lowercase hex digits. */
  public String sha256() {
    return sha256;
  }

  /** All of it. */
  byte[] bytes() {
    return bytes.get();
  }
}
