package streamingml.kinesis.sdk;

import java.util.HashMap;
import java.util.Map;

/** System properties that the AWS SDK reads, for as long as a test takes. */
final class SdkSettings implements AutoCloseable {

  private final Map<String, String> before = new HashMap<>();

  /** Credentials that open nothing, and JSON, which a test can read. */
  SdkSettings() {
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
    set("aws.cborEnabled", "false");
  }

  SdkSettings set(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name));
    System.setProperty(name, value);
    return this;
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
