package streamingml.events;

/** What the pipeline uses a field for. */
enum FieldUse {
  IDENTITY("identity"),
  PSEUDONYM("pseudonym"),
  MASK("mask"),
  EVENT_TIME("event-time"),
  LABEL("label"),
  SLICE("slice");

  /** Its name in the compiled contract. */
  final String code;

  FieldUse(String code) {
    this.code = code;
  }
}
