package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any text is the time that Java's own parser returns, or no time. */
public final class TimestampFuzzer {

  private static final Pattern RFC_3339 = Pattern.compile(
    "(\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d)(?:(\\.\\d{1,9})\\d*)?([Zz]|[+-]\\d\\d:\\d\\d)"
  );
  private static final Instant EARLIEST = Instant.parse(Timestamps.EARLIEST);

  private TimestampFuzzer() {}

  /** Reads the bytes as a text. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    assertEquals(expected(text), Timestamps.parse(text), text);
  }

  private static long expected(String text) {
    Matcher parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      return Timestamps.INVALID;
    }
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    try {
      Instant moment = OffsetDateTime.parse(parts.group(1) + fraction + parts.group(3)).toInstant();
      // ChronoUnit.MICROS.between counts nanoseconds, which a long holds for 292 years only.
      return moment.isBefore(EARLIEST)
        ? Timestamps.INVALID
        : moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
    } catch (DateTimeException error) {
      return Timestamps.INVALID;
    }
  }
}
