package streamingml.kinesis.sdk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import streamingml.relocated.software.amazon.awssdk.core.interceptor.Context;
import streamingml.relocated.software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import streamingml.relocated.software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import streamingml.relocated.software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import streamingml.relocated.software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts every attempt of a call for its caller: clients are shared, counts are not. */
final class CallCounting implements ExecutionInterceptor {

  /** The counts of a request's caller. */
  static final ExecutionAttribute<CallCounts> COUNTS = new ExecutionAttribute<>(
    "streamingml.CallCounts"
  );

  @Override
  public void beforeTransmission(
    Context.BeforeTransmission context,
    ExecutionAttributes attributes
  ) {
    attributes.getAttribute(COUNTS).called(operation(attributes));
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
    Context.ModifyHttpResponse context,
    ExecutionAttributes attributes
  ) {
    CallCounts counts = attributes.getAttribute(COUNTS);
    String operation = operation(attributes);
    return context
      .responseBody()
      .map(body -> new CountedStream(body, bytes -> counts.received(operation, bytes)));
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static final class CountedStream extends FilterInputStream {

    private final LongConsumer received;

    CountedStream(InputStream body, LongConsumer received) {
      super(body);
      this.received = received;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      received.accept(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      received.accept(Math.max(0, count));
      return count;
    }
  }
}
