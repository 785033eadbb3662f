package streamingml.kinesis.sdk;

import java.io.IOException;
import java.net.UnknownHostException;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.relocated.software.amazon.awssdk.core.exception.AbortedException;
import streamingml.relocated.software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import streamingml.relocated.software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;

/** The messages for calls without a response: because of the network, the settings, or an interrupted thread. */
final class Failures {

  private Failures() {}

  /** Returns the exception to throw. */
  static StreamException of(Call call, SdkException error) {
    // Reading from a socket continues in an interrupted thread until it fails.
    if (error instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return call.failed("The call was interrupted.", error);
    }
    IOException network = networkCause(error);
    if (
      network != null ||
      error instanceof ApiCallTimeoutException ||
      error instanceof ApiCallAttemptTimeoutException
    ) {
      return unanswered(call, network, error);
    }
    // The SDK's messages for these are a page long; they are kept as the cause.
    String message = String.valueOf(error.getMessage());
    if (message.startsWith("Unable to load region")) {
      return new StreamException(
        "There is no region for %s of stream \"%s\". Set the option `region`, or AWS_REGION.".formatted(
          call.operation(),
          call.stream()
        ),
        error
      );
    }
    if (message.startsWith("Unable to load credentials")) {
      return new StreamException(
        "There are no AWS credentials for %s. Give the job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.".formatted(
          call
        ),
        error
      );
    }
    return call.failed("The AWS SDK cannot make the call.", error);
  }

  private static UnavailableException unanswered(
    Call call,
    IOException network,
    SdkException error
  ) {
    String advice =
      network instanceof UnknownHostException
        ? "Its host is unknown: check the region, the endpoint and the name server."
        : "Check the network, the endpoint and its security group, or wait.";
    return new UnavailableException(
      "Kinesis did not answer %s. %s (%s)".formatted(call, advice, error.getMessage()),
      error
    );
  }

  private static IOException networkCause(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException network) {
        return network;
      }
    }
    return null;
  }
}
