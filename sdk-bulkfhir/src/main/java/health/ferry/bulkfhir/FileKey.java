package health.ferry.bulkfhir;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * What a file's URL tells of which file it is, hashed: the path and each part of the query on its
 * own. A renewed signature changes some parts of the query, another storage node the host, which is
 * left out.
 *
 * @param query the hashes of the query's parts, in their own order
 */
record FileKey(String path, List<String> query) {

  FileKey {
    query = List.copyOf(query);
  }

  static FileKey of(ManifestFile file, HttpUrl base) {
    HttpUrl url = FileUrl.resolve(file, base);
    if (url == null) {
      return new FileKey(hash(file.url()), List.of());
    }
    String query = url.encodedQuery();
    Set<String> parts = new TreeSet<>();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        parts.add(hash(part));
      }
    }
    return new FileKey(hash(url.encodedPath()), List.copyOf(parts));
  }

  private static String hash(String text) {
    return ByteString.encodeUtf8(text).sha256().hex().substring(0, 16);
  }
}
