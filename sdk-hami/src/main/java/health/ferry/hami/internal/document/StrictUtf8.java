package health.ferry.hami.internal.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts in UTF-8. The JDK's own way writes a question mark for what is no character. */
public final class StrictUtf8 {

  private StrictUtf8() {}

  /**
   * The bytes of a text.
   *
   * @throws MalformedDocumentException when it has no UTF-8
   */
  public static byte[] of(String text) throws MalformedDocumentException {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException halfACharacter) {
      throw new MalformedDocumentException("has half of a surrogate pair");
    }
  }

  /**
   * Sees that bytes are UTF-8: Jackson also reads forms of it that are longer than they may be.
   *
   * @throws MalformedDocumentException when they are not
   */
  static void require(byte[] bytes) throws MalformedDocumentException {
    if (isAscii(bytes)) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException other) {
      throw new MalformedDocumentException("is not UTF-8");
    }
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte each : bytes) {
      all |= each;
    }
    return all >= 0;
  }
}
