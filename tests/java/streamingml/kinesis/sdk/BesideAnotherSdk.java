package streamingml.kinesis.sdk;

import streamingml.kinesis.stream.IteratorStart;

/** A job with another version of the AWS SDK first on its class path. Runs in a separate virtual machine. */
final class BesideAnotherSdk {

  private BesideAnotherSdk() {}

  /** Prints what our client sees of a stream, and what the other version says of itself. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    SdkStreamClient client = SdkStreamClient.forReading(arguments[0], null, null);
    System.out.println(client.iterator("shardId-000000000000", new IteratorStart.TrimHorizon()));
    Class<?> other = Class.forName("software.amazon.awssdk.services.kinesis.KinesisClient");
    System.out.println(other.getMethod("version").invoke(null));
  }
}
