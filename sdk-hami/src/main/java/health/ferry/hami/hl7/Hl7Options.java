package health.ferry.hami.hl7;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message cannot know: which URIs stand behind the names that its sender uses, in which zone
 * its clock runs, and what its bytes are in. Immutable and thread-safe; each method returns a copy.
 *
 * <p>By default nothing is assumed: an authority without a URI gives an identifier without a
 * system, and a time without an offset gives its day alone. Both are reported.
 */
public final class Hl7Options {

  private static final Hl7Options DEFAULTS = new Hl7Options(Map.of(), Map.of(), null, null, null);

  private final Map<String, String> identifierSystems;
  private final Map<String, String> codeSystems;
  private final @Nullable String localCodeSystem;
  private final @Nullable ZoneId zone;
  private final @Nullable Charset charset;

  private Hl7Options(
      Map<String, String> identifierSystems,
      Map<String, String> codeSystems,
      @Nullable String localCodeSystem,
      @Nullable ZoneId zone,
      @Nullable Charset charset) {
    this.identifierSystems = identifierSystems;
    this.codeSystems = codeSystems;
    this.localCodeSystem = localCodeSystem;
    this.zone = zone;
    this.charset = charset;
  }

  /**
   * Nothing assumed.
   *
   * @return options to change by their methods
   */
  public static Hl7Options defaults() {
    return DEFAULTS;
  }

  /**
   * The system of an authority's identifiers. One that states a universal id (an OID, a UUID or a
   * URI) needs none.
   *
   * @param authority the namespace id, as in the fourth component of PID-3; empty for identifiers
   *     that name none
   * @param system its URI, such as {@code http://hospital.org/mrn}
   * @return a copy that knows it
   * @throws ConfigurationException when the system is no absolute URI
   */
  public Hl7Options identifierSystem(String authority, String system) {
    return new Hl7Options(
        with(identifierSystems, authority, uri("identifierSystem", system)),
        codeSystems,
        localCodeSystem,
        zone,
        charset);
  }

  /**
   * The URI of a coding system that the sender names in its own way. HL7's common ones ({@code LN},
   * {@code SCT}, {@code UCUM}, {@code I10} …) are known.
   *
   * @param name as it stands in the third component of a coded field
   * @param system its URI
   * @return a copy that knows it
   * @throws ConfigurationException when the system is no absolute URI
   */
  public Hl7Options codeSystem(String name, String system) {
    return new Hl7Options(
        identifierSystems,
        with(codeSystems, name, uri("codeSystem", system)),
        localCodeSystem,
        zone,
        charset);
  }

  /**
   * The URI of the sender's own codes: those with the coding system {@code L}, with one that begins
   * with {@code 99}, or with none.
   *
   * @param system its URI
   * @return a copy that knows it
   * @throws ConfigurationException when the system is no absolute URI
   */
  public Hl7Options localCodeSystem(String system) {
    return new Hl7Options(
        identifierSystems, codeSystems, uri("localCodeSystem", system), zone, charset);
  }

  /**
   * The zone of times without an offset, in messages whose own time (MSH-7) has none either. A time
   * that a change of the clocks skips or repeats is still reported and not guessed.
   *
   * @param zone the sender's zone
   * @return a copy with this zone
   */
  public Hl7Options zone(ZoneId zone) {
    Objects.requireNonNull(zone, "zone");
    return new Hl7Options(identifierSystems, codeSystems, localCodeSystem, zone, charset);
  }

  /**
   * The character set of bytes whose MSH-18 names none, or one that is not known; UTF-8 by default.
   *
   * @param charset what the sender writes
   * @return a copy with this character set
   */
  public Hl7Options charset(Charset charset) {
    Objects.requireNonNull(charset, "charset");
    return new Hl7Options(identifierSystems, codeSystems, localCodeSystem, zone, charset);
  }

  Optional<String> systemOfAuthority(String authority) {
    return Optional.ofNullable(identifierSystems.get(authority));
  }

  Optional<String> systemOfCodes(String name) {
    return Optional.ofNullable(codeSystems.get(name));
  }

  Optional<String> systemOfLocalCodes() {
    return Optional.ofNullable(localCodeSystem);
  }

  @Nullable ZoneId zone() {
    return zone;
  }

  @Nullable Charset charset() {
    return charset;
  }

  private static Map<String, String> with(Map<String, String> known, String name, String system) {
    Map<String, String> more = new HashMap<>(known);
    more.put(name.strip(), system);
    return Map.copyOf(more);
  }

  private static String uri(String setting, String system) {
    try {
      if (URI.create(system).isAbsolute()) {
        return system;
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, without the value.
    }
    throw new ConfigurationException(
        CallInfo.of("HL7 v2", "configuration"),
        List.of(new Violation(setting, "must be an absolute URI")));
  }
}
