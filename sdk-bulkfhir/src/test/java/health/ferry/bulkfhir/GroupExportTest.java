package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a list of patients to their files, on a server that checks the token of every step. */
class GroupExportTest extends SandboxTest {

  private BulkFhirClient signing() throws Exception {
    KeyPair keys = TestKeys.ec("secp384r1");
    partner.registerKey(keys.getPublic());
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(keys.getPrivate()), null);
    return opened(b -> b.backendServices(partner.clientId(), key));
  }

  private static List<String> ids(Iterable<ExportableGroup> groups) {
    List<String> ids = new ArrayList<>();
    groups.forEach(group -> ids.add(group.id()));
    return ids;
  }

  @Test
  void the_patients_of_a_group_made_for_them_are_exported_and_nobody_else() throws Exception {
    BulkFhirClient client = signing();
    List<String> chosen = partner.patientIds().subList(0, 2);

    String group = client.createGroup(ExportGroup.of(chosen));
    ExportResult result = client.export(ExportRequest.group(group).types("Patient").build(), out());

    assertThat(partner.groups()).containsEntry(group, new LinkedHashSet<>(chosen));
    assertThat(result.isComplete()).isTrue();
    assertThat(contents(out()))
        .hasEntrySatisfying(
            "Patient-1.ndjson",
            text ->
                assertThat(text.lines())
                    .hasSize(2)
                    .allMatch(
                        line ->
                            chosen.stream()
                                .anyMatch(id -> line.contains("\"id\":\"" + id + "\""))));
  }

  @Test
  void groups_are_found_over_the_pages_of_the_server() throws Exception {
    for (int number = 1; number <= 120; number++) {
      partner.group("ward-" + number, Set.of(partner.patientIds().get(0)));
    }

    List<String> found = ids(signing().groups());

    assertThat(found).containsExactlyElementsOf(partner.groups().keySet()).hasSize(121);
    assertThat(controlRequests("GET", "/Group"))
        .hasSizeGreaterThan(1)
        .allMatch(request -> request.header("Authorization").isPresent());
  }
}
