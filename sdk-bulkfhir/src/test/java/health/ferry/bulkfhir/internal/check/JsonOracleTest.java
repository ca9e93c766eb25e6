package health.ferry.bulkfhir.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that were good, changed at random: the scanner takes exactly those that Jackson reads as
 * one object. By design it refuses more in two points: UTF-8 that only Jackson takes, and white
 * space within an object that ends a line for some readers.
 */
class JsonOracleTest {

  private static final JsonFactory JACKSON = new JsonFactory();

  private static final String[] LINES = {
    "{}",
    "{\"resourceType\":\"Patient\",\"id\":\"p-1\",\"active\":true,\"multipleBirthInteger\":2}",
    "{\"value\":-12.50e-3,\"more\":[0,-0.0,1E9,null,false],\"deep\":[[{\"a\":[{}]}]]}",
    " {\"div\":\"<p title=\\\"x\\\">\\u00e9\\n\\/</p>\" , \"name\":\"\u00c5\u4e2d\ud83d\ude00\"} ",
  };

  private static final byte[] LIKELY =
      "{}[]\",:\\/ \t\r\ntrufalsn0123456789+-.eEbu\u00e9\u0001'".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void takes_what_jackson_takes(long seed) {
    Random random = new Random(seed);
    int taken = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] line = mutated(random);
      boolean expected = isTakenByJackson(line);
      assertThat(isTaken(line, random))
          .as("seed %d, round %d: %s", seed, round, HexFormat.of().formatHex(line))
          .isEqualTo(expected);
      taken += expected ? 1 : 0;
    }
    // Neither all good nor all bad, or the comparison would say nothing.
    assertThat(taken).isBetween(2_000, 48_000);
  }

  private static byte[] mutated(Random random) {
    byte[] line = LINES[random.nextInt(LINES.length)].getBytes(StandardCharsets.UTF_8);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(line.length);
      byte other =
          random.nextInt(8) == 0
              ? (byte) random.nextInt(256)
              : LIKELY[random.nextInt(LIKELY.length)];
      line =
          switch (random.nextInt(4)) {
            case 0 -> replaced(line, at, at, other);
            case 1 -> replaced(line, at, at + 1, other);
            case 2 -> replaced(line, at, at + 1);
            default -> replaced(line, at, at, line[random.nextInt(line.length)]);
          };
      if (line.length == 0) {
        return line;
      }
    }
    return line;
  }

  private static byte[] replaced(byte[] line, int from, int to, byte... by) {
    return ByteBuffer.allocate(line.length - (to - from) + by.length)
        .put(line, 0, from)
        .put(by)
        .put(line, to, line.length - to)
        .array();
  }

  private static boolean isTaken(byte[] line, Random random) {
    JsonLineScanner scanner = new JsonLineScanner();
    int border = random.nextInt(line.length + 1);
    try {
      return scanner.scan(line, 0, border) == border
          && scanner.scan(line, border, line.length) == line.length
          && scanner.endLine();
    } catch (MalformedLineException malformed) {
      return false;
    }
  }

  private static boolean isTakenByJackson(byte[] line) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException malformed) {
      return false;
    }
    if (text.contains("\n") || text.strip().contains("\r")) {
      return false;
    }
    try (JsonParser json = JACKSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException refused) {
      return false;
    }
  }
}
