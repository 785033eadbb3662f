package streamingml.kinesis.source;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Options of the format:
 *
 * <ul>
 *   <li>{@code streamName}: the stream; required
 *   <li>{@code region}: where it is; by default what the AWS SDK finds
 *   <li>{@code endpointUrl}: of Kinesis; by default what the AWS SDK finds
 *   <li>{@code batchSeconds}: seconds that a micro-batch should take, normally the trigger interval; default 1
 *   <li>{@code spanSeconds}: seconds of the stream's time that the first micro-batches cover; default 10. The span
 *       grows while the job falls behind
 * </ul>
 *
 * Loss of data always ends the query; no option changes that.
 *
 * @param connection which stream, and where
 * @param batch how long a micro-batch should take
 * @param span the first span
 */
record SourceOptions(StreamConnection connection, Duration batch, Duration span) {
  private static final String STREAM_NAME = "streamName";
  private static final String REGION = "region";
  private static final String ENDPOINT_URL = "endpointUrl";
  private static final String BATCH_SECONDS = "batchSeconds";
  private static final String SPAN_SECONDS = "spanSeconds";
  private static final List<String> NAMES = List.of(
    STREAM_NAME,
    REGION,
    ENDPOINT_URL,
    BATCH_SECONDS,
    SPAN_SECONDS
  );
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(3600);

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException some are missing, wrong or unknown; the message names all of them
   */
  static SourceOptions of(CaseInsensitiveStringMap options) {
    Reader reader = new Reader(options);
    SourceOptions read = new SourceOptions(
      new StreamConnection(reader.stream(), reader.region(), reader.endpoint()),
      reader.seconds(BATCH_SECONDS, Duration.ofSeconds(1)),
      reader.seconds(SPAN_SECONDS, Duration.ofSeconds(10))
    );
    reader.requireKnownNames();
    reader.requireNoProblem();
    return read;
  }

  private static final class Reader {

    private final CaseInsensitiveStringMap options;
    private final List<String> problems = new ArrayList<>();

    Reader(CaseInsensitiveStringMap options) {
      this.options = options;
    }

    String stream() {
      String name = options.get(STREAM_NAME);
      if (name == null) {
        problems.add("`streamName` is missing: set it to the name of the stream");
      } else if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
        expected(STREAM_NAME, "1 to 128 letters, digits, dots, hyphens or underscores", name);
      }
      return name;
    }

    String region() {
      String region = options.get(REGION);
      if (region != null && !region.matches("[a-z0-9-]+")) {
        expected(REGION, "a region such as eu-west-1, or absent", region);
      }
      return region;
    }

    URI endpoint() {
      String url = options.get(ENDPOINT_URL);
      if (url == null) {
        return null;
      }
      try {
        URI endpoint = new URI(url);
        boolean isHttp = Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()));
        if (isHttp && endpoint.getHost() != null) {
          return endpoint;
        }
      } catch (URISyntaxException error) {
        // Reported below like any other wrong address.
      }
      expected(ENDPOINT_URL, "an address such as https://HOST, or absent", url);
      return null;
    }

    Duration seconds(String name, Duration byDefault) {
      String text = options.get(name);
      if (text == null) {
        return byDefault;
      }
      try {
        BigDecimal seconds = new BigDecimal(text.strip());
        Duration duration = Duration.ofMillis(
          seconds.min(MOST_SECONDS.add(BigDecimal.ONE)).movePointRight(3).longValue()
        );
        if (duration.toMillis() > 0 && seconds.compareTo(MOST_SECONDS) <= 0) {
          return duration;
        }
      } catch (NumberFormatException error) {
        // Reported below like any other wrong number.
      }
      expected(name, "a number of seconds, 0.001 to 3600", text);
      return byDefault;
    }

    void requireKnownNames() {
      Set<String> unknown = new TreeSet<>(options.asCaseSensitiveMap().keySet());
      unknown.removeIf(name -> NAMES.stream().anyMatch(name::equalsIgnoreCase));
      for (String name : unknown) {
        problems.add(
          "`" + name + "` is unknown (the options are " + String.join(", ", NAMES) + ")"
        );
      }
    }

    void requireNoProblem() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
          "The options of format \"" +
            KinesisRangesProvider.FORMAT +
            "\" are not right: " +
            String.join("; ", problems) +
            "."
        );
      }
    }

    private void expected(String name, String what, String received) {
      problems.add("`" + name + "` must be " + what + ", but is \"" + received + "\"");
    }
  }
}
