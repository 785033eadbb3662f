package streamingml.state;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of a state, such as {@code 130.delta} or {@code 128.segment}.
 *
 * @param version of the state whose commit wrote the file, 1 or more
 * @param kind the kind of its content
 */
record StateFileName(long version, Kind kind) {
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,18})\\.(delta|segment)");

  /** The kinds of files. */
  enum Kind {
    /** The keys that one version has added. */
    DELTA,
    /** The keys added since the previous segment, without those that were removed by then. */
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
