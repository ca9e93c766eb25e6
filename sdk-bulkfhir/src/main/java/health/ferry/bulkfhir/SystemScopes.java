package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ScopeSyntax.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token has to allow: access to these resource types, or to all.
 *
 * <p>No more than a call needs (A3, "narrow to requested types"); {@code
 * docs/decisions/0009-narrow-scopes.md} says how narrow, and what becomes of a refusal.
 *
 * @param types names of resource types, or {@code *} alone
 */
record SystemScopes(Set<String> types, Access access) {

  static final SystemScopes ALL = new SystemScopes(Set.of("*"), Access.READ);
  static final SystemScopes READ_GROUPS = new SystemScopes(Set.of("Group"), Access.READ);
  static final SystemScopes CREATE_GROUPS = new SystemScopes(Set.of("Group"), Access.CREATE);

  SystemScopes {
    types = Set.copyOf(types);
  }

  /** The types asked for, what comes with them, and those that the export's address stands on. */
  static SystemScopes of(ExportRequest request) {
    // What a server's own set of associated data, such as _custom, brings is not known.
    if (request.types().isEmpty()
        || request.associatedData().stream().anyMatch(set -> set.startsWith("_"))) {
      return ALL;
    }
    Set<String> types = new HashSet<>(request.types());
    types.addAll(
        switch (request.level()) {
          case SYSTEM -> List.of();
          case PATIENT -> List.of("Patient");
          case GROUP -> List.of("Group", "Patient");
        });
    if (!request.associatedData().isEmpty()) {
      types.add("Provenance");
    }
    return new SystemScopes(types, Access.READ);
  }

  /** The same for an export whose attachments, which are Binaries on the server, come along. */
  static SystemScopes of(ExportRequest request, ExportOptions options) {
    SystemScopes exported = of(request);
    if (!options.fetchesAttachments() || exported.equals(ALL)) {
      return exported;
    }
    Set<String> types = new HashSet<>(exported.types);
    types.add("Binary");
    return new SystemScopes(types, exported.access);
  }

  /** The scopes' text, the same for the same types. */
  String text(ScopeSyntax syntax) {
    return types.stream()
        .sorted()
        .map(type -> "system/" + type + "." + syntax.permission(access))
        .collect(Collectors.joining(" "));
  }

  /** What to ask for when the server refuses these; empty when nothing wider makes sense. */
  Optional<SystemScopes> wider() {
    return access == Access.READ && !equals(ALL) ? Optional.of(ALL) : Optional.empty();
  }
}
