package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** A patient's name is planted in good and broken lines; no error and no log may show it. */
class CanaryTest {

  private static final List<String> LINES =
      List.of(
          "{'resourceType':'Patient','id':'Zanzibrook','name':[{'family':'Zanzibrook'}]}",
          "Zanzibrook",
          "{'resourceType':'Patient','name':[{'family':'Zanzibrook'}]",
          "{'resourceType':'Patient','name':[{'family':Zanzibrook}]}",
          "{'resourceType':'Patient','name':[{'family':'Zanzibrook'}]} Zanzibrook",
          "{'resourceType':'Zanzibrook'}",
          "{'resourceType':'Observation','id':'Zanzibrook'}",
          "{'resourceType':'Patient','birthDate':'Zanzibrook'}",
          "{'resourceType':'Patient','birthDate':'','active':''}",
          "{'resourceType':'Patient','gender':'Zanzibrook'}",
          "{'resourceType':'Patient','Zanzibrook':'Zanzibrook'}",
          "{'resourceType':'Patient','name':[{'Zanzibrook':{'a':1}}],'_Zanzibrook':'b'}",
          "{'resourceType':'Patient','name':'Zanzibrook'}",
          "{'resourceType':'Patient','gender':['male','Zanzibrook']}",
          "{'resourceType':'Patient','id':{'a':'Zanzibrook'}}",
          "{'resourceType':'Patient','multipleBirthInteger':'Zanzibrook'}",
          "{'resourceType':'Patient','meta':{'lastUpdated':'Zanzibrook'}}",
          "{'resourceType':'Patient','photo':[{'data':'Zanzibrook!'}]}",
          "{'resourceType':'Patient','text':{'status':'generated','div':'<p>Zanzibrook</div>'}}",
          "{'resourceType':'Patient','text':{'status':'generated','div':'Zanzibrook'}}",
          "{'resourceType':'Patient','contained':[{'resourceType':'Zanzibrook'}]}",
          "{'resourceType':'Patient','contained':[{'resourceType':'Group','name':'Zanzibrook'}]}",
          "{'resourceType':'Patient','generalPractitioner':[{'reference':'#Zanzibrook'}]}",
          "{'resourceType':'Patient','extension':[{'url':'a','valueZanzibrook':'Zanzibrook'}]}",
          "{'resourceType':'Patient','extension':['Zanzibrook']}",
          "{'resourceType':'Patient','extension':{'Zanzibrook':1}}",
          "{'resourceType':'Patient','extension':[{'valueDate':'Zanzibrook'}]}",
          "{'resourceType':'Patient','meta':{'profile':['http://example.org/Zanzibrook']}}");

  private static String text() {
    return String.join("\n", LINES).replace('\'', '"') + "\n{\"id\":\"Zanzibrook";
  }

  @Test
  void no_error_shows_it() {
    try (var typed = Ndjson.reader(text()).read(Patient.class);
        var raw = Ndjson.reader(text()).raw()) {
      for (var lines : List.of(typed, raw)) {
        int errors = 0;
        int number = 0;
        while (lines.hasNext()) {
          number++;
          Throwable error = catchThrowable(lines::next);
          if (error != null) {
            errors++;
            Canary.isNowhereIn(error);
            assertThat(error).hasMessageContaining("Patient-1.ndjson line " + number + " ");
          }
        }
        assertThat(number).isEqualTo(LINES.size() + 1);
        assertThat(errors).isGreaterThan(4);
      }
    }
  }

  @Test
  void no_value_shows_it_as_text() {
    try (var raw = Ndjson.reader(text()).raw()) {
      assertThat(raw.next().toString()).contains("line 1").doesNotContain(Canary.NAME);
    }
  }

  @Test
  void no_log_shows_it_at_any_level() throws Exception {
    for (String level : List.of("info", "debug", "trace")) {
      ForkedJvm jvm =
          ForkedJvm.run(
              List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level), Reading.class);

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.output()).contains("FhirContext").contains("read " + (LINES.size() + 1));
      assertThat(jvm.output()).as(level).doesNotContain(Canary.NAME);
    }
  }

  /** Runs in the other JVM, where everything is logged. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] args) {
      int lines = 0;
      try (var patients = Ndjson.reader(text()).read(Patient.class)) {
        while (patients.hasNext()) {
          lines++;
          Throwable error = catchThrowable(() -> FhirR4.shared().codec().encode(patients.next()));
          if (error != null) {
            error.printStackTrace();
          }
        }
      }
      System.out.println("read " + lines);
    }
  }
}
