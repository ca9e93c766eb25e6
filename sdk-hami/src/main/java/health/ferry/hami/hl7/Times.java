package health.ferry.hami.hl7;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.TimeType;
import org.jspecify.annotations.Nullable;

/**
 * HL7's times to FHIR's. A time needs an offset there: its own, or that of the message's time
 * (MSH-7, which HL7 v2.5.1, 2.14.9.7 makes the message's default), or the zone that the caller
 * named. Without any, or where a change of the clocks makes it ambiguous, the day remains, and the
 * time is reported.
 */
final class Times {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

  private final @Nullable ZoneId zone;
  private final UnmappedParts unmapped;

  private Times(@Nullable ZoneId zone, UnmappedParts unmapped) {
    this.zone = zone;
    this.unmapped = unmapped;
  }

  /**
   * Times of one message.
   *
   * @param sent MSH-7, empty when there is none
   * @param zone what the caller named, or null
   */
  static Times of(String sent, @Nullable ZoneId zone, UnmappedParts unmapped) {
    ZoneId own = Hl7Time.parse(sent).map(Hl7Time::offset).orElse(null);
    return new Times(own == null ? zone : own, unmapped);
  }

  /** A component as dateTime; empty when it is empty or reported. */
  Optional<DateTimeType> dateTime(Repetition field, int component) {
    return read(field, component).map(time -> dateTime(time, field.path(component)));
  }

  /** A component as instant, which must be exact to the second. */
  Optional<InstantType> instant(Repetition field, int component) {
    Optional<Hl7Time> time = read(field, component);
    Optional<OffsetDateTime> exact = time.flatMap(this::exact);
    if (time.isPresent() && exact.isEmpty()) {
      unmapped.add(field.path(component), "needs a time of day and an offset; name the zone");
    }
    return exact.map(at -> new InstantType(text(at, time.orElseThrow().fraction())));
  }

  /** A component's day, month or year. */
  Optional<DateType> date(Repetition field, int component) {
    return read(field, component).map(Times::date);
  }

  /** A time of birth, when it is known to the minute; reported when it has no offset. */
  Optional<DateTimeType> timeOfBirth(Repetition field, int component) {
    Optional<Hl7Time> time = Hl7Time.parse(field.text(component)).filter(Hl7Time::hasTime);
    return time.map(known -> dateTime(known, field.path(component)))
        .filter(known -> known.getValueAsString().length() > "YYYY-MM-DD".length());
  }

  /** A component as time of day, {@code HH[MM[SS[.S…]]]}; its offset has no place in FHIR. */
  Optional<TimeType> timeOfDay(Repetition field, int component) {
    String text = field.text(component);
    // Any day does: the form of the rest is the same.
    Optional<Hl7Time> time = Hl7Time.parse("20000101" + text);
    Optional<LocalTime> known = time.map(Hl7Time::time);
    if (known.isEmpty()) {
      unmapped.add(field.path(component), "is no time of day to the minute");
    } else if (time.orElseThrow().offset() != null) {
      unmapped.add(field.path(component), "its offset has no place in a time");
    }
    return known.map(at -> new TimeType(at.format(DateTimeFormatter.ISO_LOCAL_TIME)));
  }

  private Optional<Hl7Time> read(Repetition field, int component) {
    String text = field.text(component);
    Optional<Hl7Time> time = Hl7Time.parse(text);
    if (time.isEmpty() && !text.isEmpty()) {
      unmapped.add(field.path(component), "is no date or time of HL7's form");
    }
    return time;
  }

  private DateTimeType dateTime(Hl7Time time, String path) {
    Optional<OffsetDateTime> exact = exact(time);
    if (exact.isPresent()) {
      return new DateTimeType(text(exact.get(), time.fraction()));
    }
    if (time.hasTime()) {
      unmapped.add(path, lost(time));
    }
    return new DateTimeType(date(time).getValueAsString());
  }

  private String lost(Hl7Time time) {
    if (time.time() == null) {
      return "an hour without minutes has no place in FHIR; the day is kept";
    }
    return zone == null
        ? "the time has no offset; the day is kept; name the zone with zone(…)"
        : "the clocks were changed at this time; the day is kept";
  }

  private Optional<OffsetDateTime> exact(Hl7Time time) {
    LocalDateTime local = time.dateTime();
    if (local == null) {
      return Optional.empty();
    }
    ZoneId of = time.offset() == null ? zone : time.offset();
    List<ZoneOffset> offsets = of == null ? List.of() : of.getRules().getValidOffsets(local);
    return offsets.size() == 1 ? Optional.of(local.atOffset(offsets.get(0))) : Optional.empty();
  }

  private static DateType date(Hl7Time time) {
    String day = time.date().toString();
    return new DateType(
        switch (time.precision()) {
          case YEAR -> day.substring(0, 4);
          case MONTH -> day.substring(0, 7);
          default -> day;
        });
  }

  private static String text(OffsetDateTime at, boolean fraction) {
    String text = at.format(fraction ? MILLIS : SECONDS);
    return text.endsWith("+00:00") ? text.substring(0, text.length() - 6) + "Z" : text;
  }
}
