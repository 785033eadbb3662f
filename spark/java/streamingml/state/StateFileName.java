package streamingml.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of a state, such as {@code 130.delta} or {@code 128.segment}.
 *
 * @param version of the state whose commit wrote the file, 1 or more
 * @param kind what the file holds
 */
record StateFileName(long version, Kind kind) {
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,18})\\.(delta|segment)");

  /** What a file holds of the queue of keys. */
  enum Kind {
    /** The keys a single version added. */
    DELTA,
    /** The keys added since the segment before, without those the version had removed by then. */
    SEGMENT,
  }

  /** Returns the parsed name, or nothing for the name of any other file. */
  static Optional<StateFileName> parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = matcher.group(2).equals("delta") ? Kind.DELTA : Kind.SEGMENT;
    return Optional.of(new StateFileName(Long.parseLong(matcher.group(1)), kind));
  }

  @Override
  public String toString() {
    return version + (kind == Kind.DELTA ? ".delta" : ".segment");
  }
}
