package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;

/** Errors of calls without an answer. */
final class NoAnswerTest {

  @RegisterExtension
  final ServedKinesis kinesis = new ServedKinesis();

  private static void assertContains(String part, Throwable error) {
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void noServerListens() throws IOException {
    SdkStreamClient client = kinesis.planning();
    kinesis.server().close();
    UnavailableException error = assertThrows(UnavailableException.class, () -> client.summary());
    assertContains(
      "did not answer DescribeStreamSummary of stream \"events\" in " + kinesis.place(),
      error
    );
    assertContains("Connection refused", error);
  }

  @Test
  void theHostIsUnknown() {
    // RFC 2606 keeps this name free of hosts.
    URI endpoint = URI.create("http://kinesis.invalid");
    SdkStreamClient client = SdkStreamClient.forPlanning("events", "eu-west-1", endpoint);
    UnavailableException error = assertThrows(UnavailableException.class, () -> client.summary());
    assertContains("Its host is unknown", error);
  }

  @Test
  void theThreadIsInterruptedWhileItWaitsForAnAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      SdkStreamClient client = SdkStreamClient.forPlanning("events", "eu-west-1", endpoint);
      Thread reader = Thread.currentThread();
      Thread stopper = new Thread(() -> {
        try (Socket call = silent.accept()) {
          // The request has begun to come.
          call.getInputStream().read();
          reader.interrupt();
        } catch (IOException error) {
          throw new UncheckedIOException(error);
        }
      });
      stopper.start();
      StreamException error = assertThrows(StreamException.class, () -> client.summary());
      // The next wait sees the interruption too; later tests do not.
      assertTrue(Thread.interrupted());
      assertContains("interrupted", error);
    }
  }
}
