package streamingml.kinesis.sdk;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server instead of Kinesis for one test, its clients, and the SDK's settings for that time. */
final class ServedKinesis implements BeforeEachCallback, AfterEachCallback {

  private static final String STREAM = "events";
  private static final String REGION = "eu-west-1";

  private SdkSettings settings;
  private KinesisServer server;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    settings = new SdkSettings();
    server = new KinesisServer();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    server.close();
    settings.close();
  }

  SdkSettings settings() {
    return settings;
  }

  KinesisServer server() {
    return server;
  }

  /** A client of the stream "events" as the driver has it. */
  SdkStreamClient planning() {
    return SdkStreamClient.forPlanning(STREAM, REGION, server.endpoint());
  }

  /** The same as a task has it. */
  SdkStreamClient reading() {
    return SdkStreamClient.forReading(STREAM, REGION, server.endpoint());
  }

  /** Where that is, as a sentence names it. */
  String place() {
    return "region " + REGION + " at " + server.endpoint();
  }
}
