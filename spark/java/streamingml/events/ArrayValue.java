package streamingml.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** An array of values of one type, none of them null. */
final class ArrayValue extends FieldValue {

  private final int fewest;
  private final int most;
  private final FieldValue item;
  // At most as many as allowed: further items are checked and not kept.
  private final List<Object> kept = new ArrayList<>();
  private int count;
  private boolean isUnicode;
  private QuarantineReason broken;

  /**
   * Makes the value of a field.
   *
   * @param item reads one item after another
   */
  ArrayValue(FieldRule rule, FieldValue item) {
    super(rule);
    fewest = rule.items().fewest();
    most = rule.items().most();
    this.item = item;
  }

  @Override
  boolean take(JsonParser parser, JsonToken token) throws IOException {
    kept.clear();
    count = 0;
    isUnicode = true;
    broken = null;
    if (token != JsonToken.START_ARRAY) {
      return false;
    }
    boolean isOfItems = true;
    for (
      JsonToken next = parser.nextToken();
      next != JsonToken.END_ARRAY;
      next = parser.nextToken()
    ) {
      item.read(parser, next);
      isOfItems &= item.isPresent();
      if (isOfItems) {
        keep();
      }
    }
    return isOfItems;
  }

  private void keep() {
    isUnicode &= item.isUnicode();
    if (broken == null) {
      // No item is the event's time, so the clock does not matter.
      broken = item.broken(0);
    }
    if (broken == null && count < most) {
      kept.add(item.stored());
    }
    count++;
  }

  @Override
  boolean isUnicode() {
    return isUnicode;
  }

  @Override
  QuarantineReason broken(long batchTime) {
    if (count < fewest) {
      return QuarantineReason.TOO_FEW_ITEMS;
    }
    return count > most ? QuarantineReason.TOO_MANY_ITEMS : broken;
  }

  @Override
  Object stored() {
    return new GenericArrayData(kept.toArray());
  }
}
