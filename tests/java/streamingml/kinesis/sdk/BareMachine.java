package streamingml.kinesis.sdk;

import streamingml.kinesis.stream.StreamException;

/** A job on a machine without region and credentials. Runs in a separate virtual machine. */
final class BareMachine {

  private BareMachine() {}

  /** Prints why a stream cannot be described, without a region and with one. */
  public static void main(String[] arguments) {
    for (String region : new String[] { null, "eu-west-1" }) {
      try {
        SdkStreamClient.forPlanning("events", region, null).summary();
      } catch (StreamException refusal) {
        System.out.println(refusal.getMessage());
      }
    }
  }
}
