package streamingml.events;

/**
 * Counts the fields of a document that the contract does not have. A name that is there twice counts
 * twice; fields inside an unknown object do not count.
 */
final class UnknownFields {

  private int number;

  /** Resets the count. */
  void clear() {
    number = 0;
  }

  /** Counts one more. */
  void add() {
    number++;
  }

  int number() {
    return number;
  }
}
