package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.ZoneId;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientMappingTest {

  private static final String BIRTH_TIME =
      "http://hl7.org/fhir/StructureDefinition/patient-birthTime";

  @Test
  void every_identifier_is_kept_and_medical_records_come_first() {
    Patient patient =
        read(
            "PID|||1^^^GOV^SS~2^^^NORTH^MR~3^^^&1.2.3&ISO^PI"
                + "~4^^^X&9F0A7A3C-1111-4222-8333-444455556666&UUID^AN^^20200101^20301231");

    assertThat(patient.getIdentifier())
        .extracting(
            Identifier::getValue,
            Identifier::getSystem,
            identifier -> identifier.getType().getCodingFirstRep().getCode())
        .containsExactly(
            tuple("2", "http://hospital.org/mrn", "MR"),
            tuple("1", null, "SS"),
            tuple("3", "urn:oid:1.2.3", "PI"),
            tuple("4", "urn:uuid:9f0a7a3c-1111-4222-8333-444455556666", "AN"));
    assertThat(patient.getIdentifier().get(1).getAssigner().getDisplay()).isEqualTo("GOV");
    assertThat(patient.getIdentifier().get(3).getPeriod().getEndElement().getValueAsString())
        .isEqualTo("2030-12-31");
  }

  @Test
  void an_authority_without_a_system_is_reported() {
    Hl7Mapping mapping = Hl7Messages.readSegment("PID|||1^^^GOV^SS");

    assertThat(Oru.places(mapping)).containsExactly("PID[1]-3[1].4");
  }

  @Test
  void an_identifier_without_an_authority_has_the_system_given_for_none() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(Oru.HEADER, "PID|||1"), Oru.KNOWN.identifierSystem("", "http://n.org/id"));

    assertThat(Oru.only(mapping, Patient.class).getIdentifierFirstRep().getSystem())
        .isEqualTo("http://n.org/id");
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void every_name_is_kept_with_its_parts_and_use() {
    Patient patient =
        Oru.patient(
            "PID|||1||de Vries&de&Vries^Anna^Maria Louise^Jr^Dr^PhD^L~Anni^^^^^^N~Smith^Anna^^^^^M");

    HumanName official = patient.getName().get(0);
    assertThat(official.getFamily()).isEqualTo("de Vries");
    assertThat(official.getGiven())
        .extracting(Object::toString)
        .containsExactly("Anna", "Maria Louise");
    assertThat(official.getPrefix()).extracting(Object::toString).containsExactly("Dr");
    assertThat(official.getSuffix()).extracting(Object::toString).containsExactly("Jr", "PhD");
    assertThat(patient.getName())
        .extracting(HumanName::getUse)
        .containsExactly(
            HumanName.NameUse.OFFICIAL, HumanName.NameUse.NICKNAME, HumanName.NameUse.MAIDEN);
  }

  @ParameterizedTest
  @CsvSource({"1980,1980", "198001,1980-01", "19800102,1980-01-02"})
  void a_birth_date_is_as_precise_as_it_came(String sent, String date) {
    Hl7Mapping mapping = Hl7Messages.readSegment("PID|||1^^^&1.2&ISO||||" + sent);

    assertThat(Oru.only(mapping, Patient.class).getBirthDateElement().getValueAsString())
        .isEqualTo(date);
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void a_time_of_birth_with_an_offset_is_kept_beside_the_day() {
    Patient patient = Oru.patient("PID|||1||||198001022315-0500");

    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1980-01-02");
    assertThat(
            patient.getBirthDateElement().getExtensionByUrl(BIRTH_TIME).getValue().primitiveValue())
        .isEqualTo("1980-01-02T23:15:00-05:00");
  }

  @Test
  void a_time_of_birth_without_an_offset_is_reported_and_the_day_kept() {
    Hl7Mapping mapping = Hl7Messages.readSegment("PID|||1^^^&1.2&ISO||||198001022315");

    Patient patient = Oru.only(mapping, Patient.class);
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1980-01-02");
    assertThat(patient.getBirthDateElement().hasExtension()).isFalse();
    assertThat(Oru.places(mapping)).containsExactly("PID[1]-7[1].1");
  }

  @ParameterizedTest
  @CsvSource({
    "F,FEMALE",
    "M,MALE",
    "O,OTHER",
    "U,UNKNOWN",
    "A,OTHER",
    "N,OTHER",
    "f,FEMALE",
    "m,MALE"
  })
  void a_gender_is_that_of_its_code(String code, AdministrativeGender gender) {
    assertThat(Oru.patient("PID|||1|||||" + code).getGender()).isEqualTo(gender);
  }

  @Test
  void a_gender_that_is_no_code_is_unknown_and_reported() {
    Hl7Mapping mapping = Hl7Messages.readSegment("PID|||1^^^&1.2&ISO|||||W");

    assertThat(Oru.only(mapping, Patient.class).getGender())
        .isEqualTo(AdministrativeGender.UNKNOWN);
    assertThat(Oru.places(mapping)).containsExactly("PID[1]-8");
  }

  @Test
  void telephones_and_mail_are_told_apart() {
    Patient patient =
        Oru.patient(
            "PID|||1||||||||||555-1~555-2^PRS^CP~^NET^Internet^a@b.org~^PRN^PH^^1^617^5551234^12"
                + "~555-3^PRN^FX~555-4^BPN|555-5^WPN");

    assertThat(patient.getTelecom())
        .extracting(
            point -> point.getSystem().toCode(), ContactPoint::getValue, p -> p.getUse().toCode())
        .containsExactly(
            tuple("phone", "555-1", "home"),
            tuple("phone", "555-2", "mobile"),
            tuple("email", "a@b.org", "home"),
            tuple("phone", "+1 617 5551234 ext. 12", "home"),
            tuple("fax", "555-3", "home"),
            tuple("pager", "555-4", "home"),
            tuple("phone", "555-5", "work"));
  }

  @Test
  void an_address_has_its_parts() {
    Address address =
        Oru.patient("PID|||1||||||||1 Main St&Main St&1^Apt 2^Boston^MA^02110^USA^H^^Suffolk")
            .getAddressFirstRep();

    assertThat(address.getLine())
        .extracting(Object::toString)
        .containsExactly("1 Main St", "Apt 2");
    assertThat(address.getCity()).isEqualTo("Boston");
    assertThat(address.getState()).isEqualTo("MA");
    assertThat(address.getPostalCode()).isEqualTo("02110");
    assertThat(address.getCountry()).isEqualTo("USA");
    assertThat(address.getDistrict()).isEqualTo("Suffolk");
    assertThat(address.getUse()).isEqualTo(Address.AddressUse.HOME);
  }

  @Test
  void what_nobody_asks_for_is_reported() {
    Hl7Mapping mapping =
        Hl7Messages.readSegment("PID|1||1^^^&1.2&ISO||A&b&c^B^^^^^^^^^^^^||||||||||||S|||9");

    assertThat(Oru.places(mapping))
        .containsExactly("PID[1]-5[1].1.2", "PID[1]-5[1].1.3", "PID[1]-17", "PID[1]-20");
  }

  @Test
  void the_zone_of_the_caller_serves_times_without_an_offset() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of("MSH|^~\\&|A|B|||20240101||ADT^A01|1|P|2.3", "PID|||1||||198007020100"),
            Hl7Options.defaults().zone(ZoneId.of("America/New_York")));

    assertThat(
            Oru.only(mapping, Patient.class)
                .getBirthDateElement()
                .getExtensionByUrl(BIRTH_TIME)
                .getValue()
                .primitiveValue())
        .isEqualTo("1980-07-02T01:00:00-04:00");
  }

  private static Patient read(String pid) {
    return Oru.only(Hl7Messages.read(Oru.of(Oru.HEADER, pid), Oru.KNOWN), Patient.class);
  }
}
