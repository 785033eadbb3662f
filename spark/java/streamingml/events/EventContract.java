package streamingml.events;

import java.io.Serializable;
import java.util.List;

/**
 * The compiled event contract.
 *
 * <p>It is serialized to the executors with the function that uses it.
 *
 * @param maximumRecordBytes maximum bytes of one record
 * @param fields in the order of the schema; fields of an object are at the position of the object
 * @param objects the objects around fields, outer ones first
 */
public record EventContract(
  int maximumRecordBytes,
  List<FieldRule> fields,
  List<ObjectRule> objects
) implements Serializable {
  /**
   * Parses a compiled contract.
   *
   * @param text JSON in format version 1
   * @throws IllegalStateException with everything in it that this job does not support
   */
  public static EventContract parse(String text) {
    return new ContractParser().parse(text);
  }
}
