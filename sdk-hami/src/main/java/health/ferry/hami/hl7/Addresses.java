package health.ferry.hami.hl7;

import java.util.Locale;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressType;
import org.hl7.fhir.r4.model.Address.AddressUse;

/** An address (XAD): {@code street^second line^city^state^postcode^country^type^…^county}. */
final class Addresses {

  private final UnmappedParts unmapped;

  Addresses(UnmappedParts unmapped) {
    this.unmapped = unmapped;
  }

  Address address(Repetition field) {
    Address address = new Address();
    set(field.text(1), address::addLine);
    set(field.text(2), address::addLine);
    set(field.text(3), address::setCity);
    set(field.text(4), address::setState);
    set(field.text(5), address::setPostalCode);
    set(field.text(6), address::setCountry);
    set(field.text(9), address::setDistrict);
    setType(address, field);
    return address;
  }

  private static void set(String text, Consumer<String> setter) {
    if (!text.isEmpty()) {
      setter.accept(text);
    }
  }

  /** HL7 table 0190. */
  private void setType(Address address, Repetition field) {
    switch (field.text(7).toUpperCase(Locale.ROOT)) {
      case "" -> {}
      case "H", "P" -> address.setUse(AddressUse.HOME);
      case "B", "O" -> address.setUse(AddressUse.WORK);
      case "C" -> address.setUse(AddressUse.TEMP);
      case "BA" -> address.setUse(AddressUse.OLD);
      case "BI" -> address.setUse(AddressUse.BILLING);
      case "M" -> address.setType(AddressType.POSTAL);
      default ->
          unmapped.add(
              field.path(7), "this kind of address has no use in FHIR; the address is kept");
    }
  }
}
