package streamingml.events;

/**
 * How many fields of one document the contract does not know: each where it stands, whatever it
 * holds, so a name that stands twice counts twice and what an unknown object holds does not count.
 */
final class UnknownFields {

  private int number;

  /** Forgets the document before. */
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
