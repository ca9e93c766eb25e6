package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadMessagesTest {

  private static final String HEADER = "MSH|^~\\&|A|B|||20240523||ORU^R01|1|P|2.5";
  private static final String PATIENT = "PID|||1||" + Canary.FAMILY + "^Anna";

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\r\n", "\ufeff"})
  void an_empty_message_is_refused(String message) {
    assertThat(refusal(message)).isEqualTo(new Violation("message", "is empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello " + Canary.FAMILY,
        "{\"resourceType\":\"Patient\"}",
        "PID|||1||" + Canary.FAMILY,
        "MSH",
        "BHS|^~\\&|" + Canary.FAMILY,
        "<ORU_R01>" + Canary.FAMILY + "</ORU_R01>"
      })
  void what_does_not_begin_with_a_header_is_refused(String message) {
    assertThat(refusal(message).path()).isEqualTo("message");
  }

  @ParameterizedTest
  @CsvSource({
    "'MSH|',message",
    "'MSH|^~',MSH-2",
    "'MSH|^~\\&|A|B',MSH-9",
    "'MSH|^~\\&|A|B|||20240523||ORU^R01|1|P|2.5',message"
  })
  void a_message_that_ends_in_its_header_is_refused(String message, String place) {
    assertThat(refusal(message).path()).isEqualTo(place);
    assertThat(refusal(message).rule()).containsAnyOf("cut off", "must begin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MSH|^^\\&|x", "MSH|abcd|x", "MSH|^~|&|x", "MSH|^~\\&###|x"})
  void delimiters_that_nobody_can_tell_apart_are_refused(String header) {
    assertThat(refusal(header + "|x||||ORU^R01\r" + PATIENT).path()).isEqualTo("MSH-2");
  }

  @Test
  void a_message_whose_block_does_not_end_is_refused() {
    assertThat(refusal('\u000b' + Oru.of(HEADER, PATIENT)).rule()).contains("cut off");
  }

  @Test
  void a_message_in_its_block_is_read() {
    Hl7Mapping mapping = Hl7Messages.read('\u000b' + Oru.of(HEADER, PATIENT) + "\u001c\r");

    assertThat(Oru.all(mapping, Patient.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\n\n"})
  void segments_may_end_in_any_way(String end) {
    assertThat(Oru.all(Hl7Messages.read(HEADER + end + PATIENT + end), Patient.class)).hasSize(1);
  }

  @Test
  void binary_is_refused() {
    assertThat(refusal(HEADER + "\rPID|||\u0000\u0001").path()).isEqualTo("message");
    assertThatThrownBy(() -> Hl7Messages.read(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void a_second_message_is_refused() {
    assertThat(refusal(Oru.of(HEADER, PATIENT, HEADER, PATIENT)).path()).isEqualTo("MSH[2]");
  }

  @Test
  void a_single_segment_must_be_a_patient_or_a_result() {
    assertThatThrownBy(() -> Hl7Messages.readSegment("ZZZ|" + Canary.FAMILY))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(Canary::assertAbsent);
  }

  @ParameterizedTest
  @CsvSource({
    "8859/1,ISO-8859-1",
    "8859/15,ISO-8859-15",
    "UNICODE UTF-8,UTF-8",
    "UNICODE,UTF-8",
    "'',UTF-8",
    "ASCII,UTF-8"
  })
  void bytes_are_read_in_the_set_that_the_header_names(String named, String charset) {
    String message = Oru.of(HEADER + "||||||" + named, "PID|||1||Müller^Zoé");

    Hl7Mapping mapping = Hl7Messages.read(message.getBytes(Charset.forName(charset)));

    assertThat(Oru.only(mapping, Patient.class).getNameFirstRep().getFamily()).isEqualTo("Müller");
  }

  @Test
  void bytes_that_are_no_text_in_their_set_are_refused_unless_the_caller_names_another() {
    byte[] latin = Oru.of(HEADER, "PID|||1||Müller").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Hl7Messages.read(latin))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            error -> assertThat(error.violations().get(0).path()).isEqualTo("MSH-18"));
    Hl7Mapping mapping =
        Hl7Messages.read(latin, Hl7Options.defaults().charset(StandardCharsets.ISO_8859_1));
    assertThat(Oru.only(mapping, Patient.class).getNameFirstRep().getFamily()).isEqualTo("Müller");
  }

  @Test
  void a_character_set_that_nobody_knows_is_refused_unless_the_caller_names_another() {
    byte[] message = Oru.of(HEADER + "||||||KLINGON", PATIENT).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Hl7Messages.read(message))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("MSH-18");
    assertThat(
            Hl7Messages.read(message, Hl7Options.defaults().charset(StandardCharsets.UTF_8))
                .resources())
        .hasSize(1);
  }

  /** HAPI's loggers are at debug in tests, so the canary sees what they write. */
  @Test
  void no_value_reaches_a_log_a_report_or_a_text() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                HEADER,
                PATIENT,
                Canary.FAMILY,
                "PID|1|" + Canary.FAMILY + "|1^^^" + Canary.FAMILY,
                "PV1|" + Canary.FAMILY,
                "OBX|1|" + Canary.FAMILY + "|x^^" + Canary.FAMILY + "||" + Canary.FAMILY,
                "OBX|1|NM|x^^L||" + Canary.FAMILY + "|" + Canary.FAMILY,
                "OBX|1|TS|x^^L||" + Canary.FAMILY + "||||||" + Canary.FAMILY,
                "NTE|1|" + Canary.FAMILY));

    assertThat(mapping.unmapped()).hasSizeGreaterThan(8);
    mapping.unmapped().forEach(Canary::assertAbsent);
    Canary.assertAbsent(mapping);
  }

  private static Violation refusal(String message) {
    InvalidInputException error =
        catchThrowableOfType(InvalidInputException.class, () -> Hl7Messages.read(message));
    Canary.assertAbsent(error);
    assertThat(error.violations()).hasSize(1);
    return error.violations().get(0);
  }
}
