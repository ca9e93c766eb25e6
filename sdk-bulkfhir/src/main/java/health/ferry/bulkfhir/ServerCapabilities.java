package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.bulkfhir.ExportRequest.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server's CapabilityStatement says of the server and of its exports. Immutable.
 *
 * <p>A statement of intent: servers support less or more than they declare (Bulk Data Access,
 * "Server Obligations": an operation's {@code definition} and {@code instantiates} name the version
 * of the guide).
 */
public final class ServerCapabilities {

  private static final Pattern EXPORT =
      Pattern.compile(".*/(patient-|group-)?export(?:\\|.{1,64})?");

  /** A version tells the guide's edition only in the guide's own definitions. */
  private static final Pattern EDITION =
      Pattern.compile(".*hl7\\.org/fhir/uv/bulkdata/.*\\|(.{1,64})");

  private static final Pattern GUIDE =
      Pattern.compile(".*/uv/bulkdata/CapabilityStatement/[^|/]+\\|(.{1,64})");

  private static final Pattern MAJOR = Pattern.compile("([0-9]{1,3})(?:\\..*)?");

  private final @Nullable String softwareName;
  private final @Nullable String softwareVersion;
  private final @Nullable String guide;
  private final Map<Level, Optional<String>> exports;

  private ServerCapabilities(
      @Nullable String softwareName,
      @Nullable String softwareVersion,
      @Nullable String guide,
      Map<Level, Optional<String>> exports) {
    this.softwareName = softwareName;
    this.softwareVersion = softwareVersion;
    this.guide = guide;
    this.exports = exports;
  }

  /** Reads a statement; what it does not say is unknown. */
  static ServerCapabilities of(JsonNode statement) {
    Map<Level, Optional<String>> exports = new EnumMap<>(Level.class);
    for (JsonNode rest : statement.path("rest")) {
      addExports(rest.path("operation"), Level.SYSTEM, exports);
      for (JsonNode resource : rest.path("resource")) {
        switch (resource.path("type").asText()) {
          case "Patient" -> addExports(resource.path("operation"), Level.PATIENT, exports);
          case "Group" -> addExports(resource.path("operation"), Level.GROUP, exports);
          default -> {}
        }
      }
    }
    return new ServerCapabilities(
        text(statement.path("software").path("name")).orElse(null),
        text(statement.path("software").path("version")).orElse(null),
        guide(statement.path("instantiates")).orElse(null),
        exports);
  }

  /**
   * The guide's definitions tell their level by name, wherever a server lists them; a definition of
   * the server's own has the level of the place where it stands.
   */
  private static void addExports(
      JsonNode operations, Level place, Map<Level, Optional<String>> exports) {
    for (JsonNode operation : operations) {
      Matcher definition = EXPORT.matcher(operation.path("definition").asText());
      if (definition.matches()) {
        Level level = levelOf(definition.group(1)).orElse(place);
        Matcher edition = EDITION.matcher(definition.group());
        Optional<String> version =
            edition.matches() ? Optional.of(edition.group(1)) : Optional.empty();
        exports.merge(level, version, (one, other) -> one.isPresent() ? one : other);
      } else if (operation.path("name").asText().matches("\\$?export")) {
        exports.putIfAbsent(place, Optional.empty());
      }
    }
  }

  private static Optional<Level> levelOf(@Nullable String prefix) {
    if (prefix == null) {
      return Optional.empty();
    }
    return Optional.of(prefix.equals("patient-") ? Level.PATIENT : Level.GROUP);
  }

  private static Optional<String> guide(JsonNode instantiates) {
    for (JsonNode canonical : instantiates) {
      Matcher named = GUIDE.matcher(canonical.asText());
      if (named.matches()) {
        return Optional.of(named.group(1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isBlank());
  }

  /**
   * The name of the server's software, {@code software.name}.
   *
   * @return the name, empty when the server does not tell
   */
  public Optional<String> softwareName() {
    return Optional.ofNullable(softwareName);
  }

  /**
   * The version of the server's software, {@code software.version}.
   *
   * @return the version, empty when the server does not tell
   */
  public Optional<String> softwareVersion() {
    return Optional.ofNullable(softwareVersion);
  }

  /**
   * The version of Bulk Data Access that the server says it speaks, such as {@code 2.0.0}.
   *
   * @return the version of the first export that names one, else of the guide's statement that the
   *     server instantiates; empty when neither does
   */
  public Optional<String> bulkDataVersion() {
    return exports.values().stream()
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> Optional.ofNullable(guide));
  }

  /**
   * Whether {@code [base]/$export} is declared.
   *
   * @return whether {@link ExportRequest#system()} should work
   */
  public boolean exportsSystem() {
    return exports.containsKey(Level.SYSTEM);
  }

  /**
   * Whether {@code [base]/Patient/$export} is declared.
   *
   * @return whether {@link ExportRequest#patients()} should work
   */
  public boolean exportsPatients() {
    return exports.containsKey(Level.PATIENT);
  }

  /**
   * Whether {@code [base]/Group/[id]/$export} is declared.
   *
   * @return whether {@link ExportRequest#group} should work
   */
  public boolean exportsGroups() {
    return exports.containsKey(Level.GROUP);
  }

  /** The STU that the server speaks at this level, 0 when it does not tell. */
  int majorVersion(Level level) {
    return exports
        .getOrDefault(level, Optional.empty())
        .or(this::bulkDataVersion)
        .map(ServerCapabilities::major)
        .orElse(0);
  }

  private static int major(String version) {
    Matcher digits = MAJOR.matcher(version);
    return digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
  }

  @Override
  public String toString() {
    return "ServerCapabilities " + exports.keySet() + " of " + bulkDataVersion().orElse("?");
  }
}
