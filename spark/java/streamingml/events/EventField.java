package streamingml.events;

/**
 * The fields of an event that the job knows. Each is a JSON string; the contract says which of them
 * are required and how long they may be, and {@link EventContract} refuses a contract without them.
 */
enum EventField {
  EVENT_ID("event_id"),
  USER_ID("user_id"),
  TEXT("text"),
  CREATED_AT("created_at"),
  LANG("lang"),
  SOURCE("source"),
  LABEL("label");

  final String jsonName;

  EventField(String jsonName) {
    this.jsonName = jsonName;
  }
}
