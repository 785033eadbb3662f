package streamingml.events;

/** Distinguishes failures of one record from failures that affect every record. */
public final class RecordFailure {

  private RecordFailure() {}

  /**
   * Whether a failure is caused by the current record, so that only this record is refused.
   *
   * <p>Lack of memory, incompatible classes and interrupted threads are not caused by a record:
   * refusing records would hide them. A stack overflow is, because the next record starts with an
   * empty stack.
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
