package streamingml.events;

/** Tells what one record may have caused from what would befall every other record as well. */
public final class RecordFailure {

  private RecordFailure() {}

  /**
   * Whether a failure is the record's that was being read, so that only this record is refused.
   *
   * <p>A virtual machine without memory, classes that do not fit each other and a thread that is to
   * end are nobody's record: refusing one record after the other would hide them. A stack that
   * overflows is the record's, because reading begins anew with an empty one.
   */
  public static boolean isOfRecord(Throwable failure) {
    boolean isOfMachine =
      failure instanceof VirtualMachineError ||
      failure instanceof LinkageError ||
      failure instanceof ThreadDeath ||
      failure instanceof InterruptedException;
    return failure instanceof StackOverflowError || !isOfMachine;
  }
}
