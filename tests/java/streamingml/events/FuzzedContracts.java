package streamingml.events;

import java.util.List;
import java.util.Set;

/** Contracts that between them have every type, use and rule there is. */
final class FuzzedContracts {

  private static final EventContract TEXTS = new EventContract(
    65_536,
    List.of(
      rule(FieldType.STRING, "id").required().with(FieldUse.IDENTITY).lengths(1, 8).build(),
      rule(FieldType.STRING, "user").required().with(FieldUse.PSEUDONYM).lengths(1, 128).build(),
      rule(FieldType.STRING, "text").with(FieldUse.MASK).lengths(0, 2000).build(),
      rule(FieldType.STRING, "label").allowing("no", "yes").build(),
      rule(FieldType.DATE_TIME, "at").with(FieldUse.EVENT_TIME).build()
    ),
    List.of()
  );

  private static final EventContract NUMBERS_IN_OBJECTS = new EventContract(
    1000,
    List.of(
      rule(FieldType.INTEGER, "a", "b", "n").required().limits(-10, 9007199254740991.0).build(),
      rule(FieldType.NUMBER, "a", "x").limits(-Double.MAX_VALUE, 1e300).build(),
      rule(FieldType.BOOLEAN, "a", "b", "c").build(),
      rule(FieldType.INTEGER, "o", "k").required().with(FieldUse.PSEUDONYM).limits(0, 1e6).build()
    ),
    List.of(
      new ObjectRule(List.of("a"), true),
      new ObjectRule(List.of("a", "b"), true),
      new ObjectRule(List.of("o"), false)
    )
  );

  private static final EventContract ARRAYS = new EventContract(
    4096,
    List.of(
      rule(FieldType.STRING, "s").required().items(1, 3).with(FieldUse.MASK).build(),
      rule(FieldType.STRING, "p").items(0, 2).with(FieldUse.PSEUDONYM).build(),
      rule(FieldType.DATE_TIME, "t").items(0, 2).build(),
      rule(FieldType.INTEGER, "n").items(2, 2).limits(-1, 1).build(),
      rule(FieldType.NUMBER, "x").items(0, 4).build(),
      rule(FieldType.BOOLEAN, "b").items(0, 1).build()
    ),
    List.of()
  );

  static final List<EventContract> ALL = List.of(TEXTS, NUMBERS_IN_OBJECTS, ARRAYS);

  private FuzzedContracts() {}

  private static Rule rule(FieldType type, String... path) {
    return new Rule(type, List.of(path));
  }

  private static final class Rule {

    private final FieldType type;
    private final List<String> path;
    private FieldRule.Items items;
    private boolean required;
    private int shortest;
    private int longest = Integer.MAX_VALUE;
    private double smallest = -Double.MAX_VALUE;
    private double largest = Double.MAX_VALUE;
    private Set<String> allowed = Set.of();
    private Set<FieldUse> uses = Set.of();

    Rule(FieldType type, List<String> path) {
      this.type = type;
      this.path = path;
    }

    Rule required() {
      required = true;
      return this;
    }

    Rule with(FieldUse use) {
      uses = Set.of(use);
      return this;
    }

    Rule lengths(int least, int most) {
      shortest = least;
      longest = most;
      return this;
    }

    Rule limits(double least, double most) {
      smallest = least;
      largest = most;
      return this;
    }

    Rule items(int fewest, int most) {
      items = new FieldRule.Items(fewest, most);
      return this;
    }

    Rule allowing(String... values) {
      allowed = Set.of(values);
      return this;
    }

    FieldRule build() {
      return new FieldRule(
        path,
        String.join("_", path),
        type,
        items,
        required,
        shortest,
        longest,
        smallest,
        largest,
        allowed,
        uses
      );
    }
  }
}
