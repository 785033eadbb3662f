package streamingml.events;

import java.util.concurrent.TimeUnit;

/** A timestamp, sent as a string. */
final class DateTimeValue extends TextValue {

  private static final long MOST_AHEAD_OF_BATCH_TIME = TimeUnit.DAYS.toMicros(1);

  private final boolean isEventTime;
  private long moment;

  DateTimeValue(FieldRule rule) {
    super(rule);
    isEventTime = rule.isFor(FieldUse.EVENT_TIME);
  }

  @Override
  QuarantineReason broken(long batchTime) {
    moment = Timestamps.parse(value);
    if (moment == Timestamps.INVALID) {
      return QuarantineReason.NOT_A_DATE_TIME;
    }
    return isEventTime && moment - MOST_AHEAD_OF_BATCH_TIME > batchTime
      ? QuarantineReason.IN_FUTURE
      : null;
  }

  @Override
  Object stored() {
    return moment;
  }
}
