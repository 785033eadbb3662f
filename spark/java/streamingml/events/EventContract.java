package streamingml.events;

import java.io.Serializable;
import java.util.List;

/**
 * What a record must look like to be valid, from the text that the contract's schema was compiled to.
 *
 * <p>It travels to the executors with the function that was bound to it.
 *
 * @param maximumRecordBytes most bytes of one record
 * @param fields in the order of the schema, those of objects where their object stands
 * @param objects those around the fields, the outer ones first
 */
public record EventContract(
  int maximumRecordBytes,
  List<FieldRule> fields,
  List<ObjectRule> objects
) implements Serializable {
  /**
   * Reads a compiled contract.
   *
   * @param text JSON of format version 1
   * @throws IllegalStateException with everything in it that this job cannot hold a record to
   */
  public static EventContract parse(String text) {
    return new ContractParser().parse(text);
  }
}
