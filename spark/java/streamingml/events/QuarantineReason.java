package streamingml.events;

import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/** Why a record is refused; `contracts/quarantine-reasons.json` says what each one means. */
enum QuarantineReason {
  RECORD_TOO_LARGE,
  NOT_UTF8,
  COMPRESSED,
  NOT_JSON,
  SEVERAL_DOCUMENTS,
  NOT_AN_OBJECT,
  MISSING_FIELD,
  WRONG_TYPE,
  NOT_UNICODE,
  TOO_SHORT,
  TOO_LONG,
  BLANK,
  NOT_ALLOWED,
  NOT_A_DATE_TIME,
  IN_FUTURE,
  TOO_SMALL,
  TOO_LARGE,
  TOO_FEW_ITEMS,
  TOO_MANY_ITEMS,
  UNREADABLE;

  private final UTF8String code = UTF8String.fromString(name().toLowerCase(Locale.ROOT));

  /** The reason as the lake spells it. */
  UTF8String code() {
    return code;
  }
}
