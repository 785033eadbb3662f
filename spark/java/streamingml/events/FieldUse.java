package streamingml.events;

/** What a field is for, beyond being stored. */
enum FieldUse {
  IDENTITY("identity"),
  PSEUDONYM("pseudonym"),
  MASK("mask"),
  EVENT_TIME("event-time"),
  LABEL("label"),
  SLICE("slice");

  /** As the compiled contract spells it. */
  final String code;

  FieldUse(String code) {
    this.code = code;
  }
}
