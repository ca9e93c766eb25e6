package health.ferry.examples.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The patients that a caller was given, over all runs. */
public final class HandedOut {

  /**
   * One of them.
   *
   * @param json the Bundle's text
   */
  record Patient(String id, String json) {

    /** A Bundle is too long for a message. */
    @Override
    public String toString() {
      return id + " of " + json.length() + " characters";
    }
  }

  private final List<Patient> patients = new CopyOnWriteArrayList<>();

  public void add(String patientId, String json) {
    patients.add(new Patient(patientId, json));
  }

  List<String> ids() {
    return patients.stream().map(Patient::id).toList();
  }

  List<Patient> patients() {
    return List.copyOf(patients);
  }
}
