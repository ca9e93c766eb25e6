package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;

/**
 * Builds a Patient as HAMI wants one: "Patient Resource" of its Universal Ingestion API asks for an
 * identifier, name, gender, birth date and ways to reach the patient.
 *
 * <p>Without {@link #id} the id is made of the medical record number and its system, so that the
 * same patient has the same id in every run, whatever else changes, and the one that an HL7 v2
 * message with this number gives. Not thread-safe; what is built is a copy, so the builder may go
 * on.
 */
public final class PatientBuilder {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

  private final Draft<Patient> draft = new Draft<>(new Patient());
  private final String mrnSystem;
  private final String mrn;

  private PatientBuilder(String mrnSystem, String mrn) {
    this.mrnSystem = mrnSystem;
    this.mrn = mrn;
    identifier(mrnSystem, mrn);
    draft
        .resource()
        .getIdentifierFirstRep()
        .getType()
        .setText("MRN")
        .addCoding()
        .setSystem(IDENTIFIER_TYPES)
        .setCode("MR")
        .setDisplay("Medical record number");
  }

  /**
   * Begins with the medical record number.
   *
   * @param mrnSystem the URI of who gives the numbers out, such as {@code http://hospital.org/mrn}
   * @param mrn the number
   * @return a builder
   */
  public static PatientBuilder builder(String mrnSystem, String mrn) {
    return new PatientBuilder(mrnSystem, mrn);
  }

  /**
   * The resource's own id, in place of one made of the medical record number.
   *
   * @param id 1 to 64 letters, digits, {@code -} and {@code .}
   * @return this builder
   */
  public PatientBuilder id(String id) {
    draft.id(id);
    return this;
  }

  /**
   * One more identifier beside the medical record number.
   *
   * @param system the URI of who gives them out
   * @param value the identifier
   * @return this builder
   */
  public PatientBuilder identifier(String system, String value) {
    String path = "identifier[%d].".formatted(draft.resource().getIdentifier().size());
    draft.check(path + "system", isAbsolute(system), "must be an absolute URI");
    draft.checkText(path + "value", value);
    draft.resource().addIdentifier().setSystem(system).setValue(value);
    return this;
  }

  /**
   * The name. Called again, it adds another one.
   *
   * @param family the family name
   * @param given the given names, in their order
   * @return this builder
   */
  public PatientBuilder name(String family, String... given) {
    String path = "name[%d].family".formatted(draft.resource().getName().size());
    draft.checkText(path, family);
    HumanName name = draft.resource().addName().setFamily(family);
    for (String each : given) {
      name.addGiven(each);
    }
    return this;
  }

  /**
   * The administrative gender.
   *
   * @param gender as FHIR knows it
   * @return this builder
   */
  public PatientBuilder gender(AdministrativeGender gender) {
    draft.resource().setGender(gender);
    return this;
  }

  /**
   * The date of birth.
   *
   * @param date a calendar date, without a time zone
   * @return this builder
   */
  public PatientBuilder birthDate(LocalDate date) {
    boolean isWritable = date.getYear() >= 1 && date.getYear() <= 9999;
    draft.check("birthDate", isWritable, "must lie in the years 1 to 9999");
    if (isWritable) {
      draft.resource().setBirthDateElement(new DateType(date.toString()));
    }
    return this;
  }

  /**
   * A mobile phone. Called again, it adds another one.
   *
   * @param number best with the country's code, such as {@code +923001234313}
   * @return this builder
   */
  public PatientBuilder mobile(String number) {
    return telecom(ContactPointSystem.PHONE, ContactPointUse.MOBILE, number);
  }

  /**
   * A phone at home. Called again, it adds another one.
   *
   * @param number best with the country's code
   * @return this builder
   */
  public PatientBuilder homePhone(String number) {
    return telecom(ContactPointSystem.PHONE, ContactPointUse.HOME, number);
  }

  /**
   * An e-mail address at home. Called again, it adds another one.
   *
   * @param address the address
   * @return this builder
   */
  public PatientBuilder email(String address) {
    return telecom(ContactPointSystem.EMAIL, ContactPointUse.HOME, address);
  }

  private PatientBuilder telecom(ContactPointSystem system, ContactPointUse use, String value) {
    String path = "telecom[%d].value".formatted(draft.resource().getTelecom().size());
    draft.checkText(path, value);
    draft.resource().addTelecom().setSystem(system).setUse(use).setValue(value);
    return this;
  }

  /**
   * What people read in place of the data, as the resource's generated narrative.
   *
   * @param text plain text
   * @return this builder
   */
  public PatientBuilder narrative(String text) {
    draft.narrative(text);
    return this;
  }

  /**
   * The finished resource.
   *
   * @return a Patient of its own, with an id
   * @throws InvalidInputException if something given cannot be sent; all of it at once, with FHIR
   *     paths and without values
   */
  public Patient build() {
    return draft.built(() -> List.of(mrnSystem, mrn));
  }

  private static boolean isAbsolute(String uri) {
    try {
      return new URI(uri).isAbsolute();
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }
}
