package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors for a region or credentials that the SDK's default chains do not find. */
final class BareMachineTest {

  @Test
  void saysWhereARegionAndCredentialsComeFrom(@TempDir Path folder)
    throws IOException, InterruptedException {
    assertEquals(
      """
      There is no region for DescribeStreamSummary of stream "events". \
      Set the option `region`, or AWS_REGION.
      There are no AWS credentials for DescribeStreamSummary of stream "events" in region eu-west-1. \
      Give the job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
      """,
      new ChildVm(folder).output(BareMachine.class)
    );
  }
}
