package health.ferry.pierflow;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.testkit.Body;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Pierflow and, on another port and so another origin, the storage that its links lead to. */
abstract class PackageServers extends PierflowServerTest {

  static final String ID = "pkg_c7d8e9f0";
  static final String DOWNLOAD = "/v1/import-packages/" + ID + "/download";
  static final String FILE = "/res/signed-9f3a/" + ID + ".zip";
  static final byte[] ZIP = bytes(700_000);

  /** As storage serves it: ranges, and a strong ETag. */
  static final FileOptions AS_ZIP = FileOptions.defaults().contentType("application/zip");

  @TempDir Path folder;

  FaultyServer storage;

  @BeforeEach
  void startStorage() {
    storage = FaultyServer.start();
    storage.serve(FILE, Body.of(ZIP), AS_ZIP);
  }

  @AfterEach
  void stopStorage() {
    storage.close();
  }

  /** Bytes that no compression makes smaller, always the same ones. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** The package as a list that states this checksum names it. */
  ImportPackage listed(String checksum) {
    return listed("\"checksum_sha256\":\"" + checksum + "\"", baseUrl());
  }

  /** The package as a list with these fields names it. */
  ImportPackage listed(String fields, String baseUrl) {
    answers(json(200, "{\"packages\":[{\"package_id\":\"" + ID + "\"," + fields + "}]}"));
    try (PierflowClient client = client(baseUrl)) {
      return client.listPackages(ORGANIZATION).get(0);
    } finally {
      server.resetAll();
    }
  }

  /** What the newer servers answer to the download. */
  static ResponseDefinitionBuilder link(String url, String checksum) {
    return json(
        200,
        """
        {"package_id":"%s","download_url":"%s","checksum_sha256":"%s",
         "expires_at":"2026-06-08T10:00:00.000Z"}
        """
            .formatted(ID, url, checksum));
  }

  Path target() {
    return folder.resolve(ID + ".zip");
  }

  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static List<Optional<String>> ranges(List<RecordedRequest> requests) {
    return requests.stream().map(request -> request.header("Range")).toList();
  }
}
