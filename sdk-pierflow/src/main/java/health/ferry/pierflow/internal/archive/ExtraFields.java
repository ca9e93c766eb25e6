package health.ferry.pierflow.internal.archive;

/**
 * The extra fields of a header (APPNOTE 4.5). Times and owners say nothing about the content; those
 * that would say the name or the sizes another time are refused.
 */
final class ExtraFields {

  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_PATH = 0x7075;
  private static final int STRONG_ENCRYPTION = 0x0017;
  private static final int AES = 0x9901;

  private ExtraFields() {}

  static void require(RecordBytes extra, String where) {
    int at = 0;
    while (at < extra.size()) {
      if (extra.size() - at < 4 || extra.size() - at - 4 < extra.u16(at + 2)) {
        throw Refusal.unsafe(where + " has an extra field that is cut off");
      }
      switch (extra.u16(at)) {
        case ZIP64 -> throw Refusal.unsafe(where + " is ZIP64, which is not supported");
        case UNICODE_PATH -> throw Refusal.unsafe(where + " has a second name");
        case STRONG_ENCRYPTION, AES -> throw Refusal.unsafe(where + " is encrypted");
        default -> at += 4 + extra.u16(at + 2);
      }
    }
  }
}
