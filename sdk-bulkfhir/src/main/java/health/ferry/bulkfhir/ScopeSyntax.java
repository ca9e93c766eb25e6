package health.ferry.bulkfhir;

import java.util.List;

/** The two ways in which SMART writes what a scope allows: {@code .read} and {@code .rs}. */
enum ScopeSyntax {
  /** SMART App Launch 1, capability {@code permission-v1}. */
  V1("read", "write"),
  /** SMART App Launch 2, capability {@code permission-v2}. */
  V2("rs", "c");

  /** What a caller wants to do with resources of a type. */
  enum Access {
    READ,
    CREATE
  }

  private final String read;
  private final String create;

  ScopeSyntax(String read, String create) {
    this.read = read;
    this.create = create;
  }

  String permission(Access access) {
    return access == Access.READ ? read : create;
  }

  /**
   * The newer of those that a server says it understands. One that states no capability is judged
   * by the scopes that it lists; one that lists none of the newer kind gets the older.
   */
  static ScopeSyntax of(SmartConfiguration server) {
    List<String> capabilities = server.capabilities();
    if (capabilities.contains("permission-v2")) {
      return V2;
    }
    boolean listsV2 =
        server.scopesSupported().stream()
            .anyMatch(scope -> scope.matches("system/[A-Za-z*]+\\.c?ru?d?s?(\\?.*)?"));
    return !capabilities.contains("permission-v1") && listsV2 ? V2 : V1;
  }
}
