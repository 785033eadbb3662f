package streamingml.events;

import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/** Why a record is refused; `contracts/quarantine-reasons.json` says what each one means. */
enum QuarantineReason {
  RECORD_TOO_LARGE,
  NOT_UTF8,
  NOT_JSON,
  NOT_AN_OBJECT,
  MISSING_FIELD,
  WRONG_TYPE,
  TEXT_EMPTY,
  TEXT_TOO_LONG,
  FIELD_LENGTH,
  CREATED_AT_INVALID,
  CREATED_AT_IN_FUTURE,
  LABEL_UNKNOWN,
  NOT_UNICODE,
  UNREADABLE;

  private final UTF8String code = UTF8String.fromString(name().toLowerCase(Locale.ROOT));

  /** The reason as the lake spells it. */
  UTF8String code() {
    return code;
  }
}
