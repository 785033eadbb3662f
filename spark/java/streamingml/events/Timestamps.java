package streamingml.events;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.TimeUnit;

/** RFC 3339 dates and times, as microseconds since 1970 in UTC. */
final class Timestamps {

  /** The result for an invalid text; it is outside the range of four-digit years. */
  static final long INVALID = Long.MIN_VALUE;

  /**
   * The earliest valid timestamp. Spark's Parquet writer refuses earlier ones, because older versions
   * of Spark and Hive counted days differently (SPARK-31404).
   */
  static final String EARLIEST = "1900-01-01T00:00:00Z";

  private static final long EARLIEST_MICROS = TimeUnit.DAYS.toMicros(
    LocalDate.of(1900, 1, 1).toEpochDay()
  );
  private static final int SECONDS_END = "2026-11-24T10:00:00".length();
  private static final int OFFSET_LENGTH = "+09:00".length();
  private static final int MOST_OFFSET_MINUTES = 18 * 60;

  private Timestamps() {}

  /**
   * Returns the timestamp of {@code text}, {@link #INVALID} if it is not RFC 3339 or earlier
   * than {@link #EARLIEST}.
   *
   * <p>Fractions are truncated to microseconds. Spark's timestamps have no leap seconds ({@code :60})
   * and no offsets beyond 18 hours, so these are invalid.
   */
  static long parse(String text) {
    if (text.length() <= SECONDS_END || !hasSeparators(text)) {
      return INVALID;
    }
    int year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
    int month = twoDigits(text, 5);
    int day = twoDigits(text, 8);
    int hour = twoDigits(text, 11);
    int minute = twoDigits(text, 14);
    int second = twoDigits(text, 17);
    boolean isDate =
      year >= 0 &&
      month >= 1 &&
      month <= 12 &&
      day >= 1 &&
      (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    boolean isTime =
      hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    int zoneStart = fractionEnd(text);
    if (!isDate || !isTime || zoneStart < 0) {
      return INVALID;
    }
    long offsetMinutes = offsetMinutes(text, zoneStart);
    if (offsetMinutes == INVALID) {
      return INVALID;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    long seconds = ((days * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second;
    long micros = TimeUnit.SECONDS.toMicros(seconds) + fractionMicros(text, zoneStart);
    return micros < EARLIEST_MICROS ? INVALID : micros;
  }

  private static boolean hasSeparators(String text) {
    char time = text.charAt(10);
    return (
      text.charAt(4) == '-' &&
      text.charAt(7) == '-' &&
      (time == 'T' || time == 't') &&
      text.charAt(13) == ':' &&
      text.charAt(16) == ':'
    );
  }

  /** Two digits as a number; far below zero, even times 100, if they are not digits. */
  private static int twoDigits(String text, int start) {
    int tens = text.charAt(start) - '0';
    int ones = text.charAt(start + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : 10 * tens + ones;
  }

  /** Index after the fraction, if there is one; -1 for a dot without digits. */
  private static int fractionEnd(String text) {
    if (text.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == SECONDS_END + 1 ? -1 : end;
  }

  private static long fractionMicros(String text, int end) {
    long micros = 0;
    for (int place = 1; place <= 6; place++) {
      int position = SECONDS_END + place;
      micros = 10 * micros + (position < end ? text.charAt(position) - '0' : 0);
    }
    return micros;
  }

  private static long offsetMinutes(String text, int start) {
    if (start >= text.length()) {
      return INVALID;
    }
    char sign = text.charAt(start);
    if (sign == 'Z' || sign == 'z') {
      return start + 1 == text.length() ? 0 : INVALID;
    }
    boolean hasForm =
      (sign == '+' || sign == '-') &&
      start + OFFSET_LENGTH == text.length() &&
      text.charAt(start + 3) == ':';
    if (!hasForm) {
      return INVALID;
    }
    int hours = twoDigits(text, start + 1);
    int minutes = twoDigits(text, start + 4);
    int total = 60 * hours + minutes;
    if (hours < 0 || minutes < 0 || minutes > 59 || total > MOST_OFFSET_MINUTES) {
      return INVALID;
    }
    return sign == '+' ? total : -total;
  }
}
