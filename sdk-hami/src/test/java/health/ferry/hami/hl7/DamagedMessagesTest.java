package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.InvalidInputException;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A damaged message is read as far as it says something, or refused; nothing else happens. */
class DamagedMessagesTest {

  private static final byte[] MESSAGE =
      Oru.of(
              Oru.HEADER,
              "PID|1||77^^^NORTH^MR~8^^^&1.2&ISO^PI||"
                  + Canary.FAMILY
                  + "^Anna&A||198001020304|F"
                  + "|||1 Main St^^Boston||555-1^PRN^PH~^NET^Internet^"
                  + Canary.FAMILY
                  + "@b.org",
              "PV1|1|O" + "|".repeat(17) + "V-1^^^NORTH",
              "ORC|RE|P-9^EHR",
              Oru.ORDER,
              "OBX|1|NM|8867-4^Heart rate^LN||72|/min|60-100|N|||F|||20240523100100+0000",
              "NTE|1||" + Canary.FAMILY + "\\.br\\says",
              "OBX|2|SN|1^^LN||>^1^-^2|mg/dL|||||F",
              "OBX|3|CWE|1^^LN||260373001^Detected^SCT~" + Canary.FAMILY + "||||||F",
              "OBX|4|DTM|1^^LN||20240523101200.5+0200||||||F")
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void cut_off_anywhere() {
    int read = 0;
    for (int length = 0; length < MESSAGE.length; length++) {
      read += reads(Arrays.copyOf(MESSAGE, length)) ? 1 : 0;
    }
    assertThat(read).isBetween(MESSAGE.length / 2, MESSAGE.length - Oru.HEADER.length());
  }

  @Test
  void changed_anywhere() {
    Random chance = new Random(7);
    int read = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] changed = MESSAGE.clone();
      for (int change = chance.nextInt(4); change >= 0; change--) {
        changed[chance.nextInt(changed.length)] = (byte) chance.nextInt(256);
      }
      read += reads(changed) ? 1 : 0;
    }
    assertThat(read).isBetween(200, 1_800);
  }

  @Test
  void delimiters_anywhere() {
    Random chance = new Random(8);
    byte[] delimiters = "|^~\\&\r\"".getBytes(StandardCharsets.US_ASCII);
    int body = Oru.HEADER.length() + 1;
    for (int round = 0; round < 1_000; round++) {
      byte[] changed = MESSAGE.clone();
      for (int change = 0; change < 30; change++) {
        changed[body + chance.nextInt(changed.length - body)] =
            delimiters[chance.nextInt(delimiters.length)];
      }
      assertThat(reads(changed)).isTrue();
    }
  }

  private static boolean reads(byte[] message) {
    try {
      Hl7Mapping mapping = Hl7Messages.read(message, Oru.KNOWN);
      mapping.unmapped().forEach(Canary::assertAbsent);
      assertThat(mapping.json()).hasSameSizeAs(mapping.resources());
      return true;
    } catch (InvalidInputException refused) {
      Canary.assertAbsent(refused);
      return false;
    }
  }
}
