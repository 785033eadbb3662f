package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.FutureTimestampException;
import streamingml.kinesis.stream.IteratorStart;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.kinesis.stream.UnknownShardException;

/** Errors of calls that Kinesis refuses. */
final class RefusalTest {

  private static final String SHARD = "shardId-000000000000";

  @RegisterExtension
  final ServedKinesis kinesis = new ServedKinesis();

  /** Lets GetRecords be refused. */
  private <E extends StreamException> E refusal(
    Class<E> type,
    int status,
    String code,
    String message
  ) {
    kinesis.server().refuses(status, code, message);
    E refusal = assertThrows(type, () -> kinesis.planning().records("iterator", 1));
    assertEquals(type, refusal.getClass());
    return refusal;
  }

  private static void assertContains(String part, Throwable error) {
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException",
    "400, LimitExceededException",
    "400, KMSThrottlingException",
    "400, ThrottlingException",
    "400, ResourceInUseException",
    "500, InternalFailure",
    "503, ServiceUnavailable",
  })
  void aPlannerHearsAtOnceOfWhatPasses(int status, String code) {
    UnavailableException error = refusal(
      UnavailableException.class,
      status,
      code,
      "Rate exceeded for shard"
    );
    assertEquals(1, kinesis.server().requests().size());
    assertContains(
      "Kinesis cannot answer GetRecords of stream \"events\" in " + kinesis.place(),
      error
    );
    assertContains("Rate exceeded for shard", error);
  }

  @ParameterizedTest
  @ValueSource(strings = { "ProvisionedThroughputExceededException", "InternalFailure" })
  void aReaderAsksThreeTimes(String code) {
    kinesis.server().refuses(code.equals("InternalFailure") ? 500 : 400, code, "not now");
    SdkStreamClient client = kinesis.reading();
    assertThrows(UnavailableException.class, () -> client.records("iterator", 1));
    assertEquals(3, kinesis.server().requests().size());
  }

  @Test
  void aReaderAsksAsOftenAsTheSdkIsConfiguredTo() {
    kinesis.settings().set("aws.maxAttempts", "2");
    kinesis.server().refuses(500, "InternalFailure", "not now");
    SdkStreamClient client = kinesis.reading();
    assertThrows(UnavailableException.class, () -> client.records("iterator", 1));
    assertEquals(2, kinesis.server().requests().size());
  }

  @Test
  void anIteratorExpires() {
    ExpiredIteratorException error = refusal(
      ExpiredIteratorException.class,
      400,
      "ExpiredIteratorException",
      "Iterator expired. The iterator was created at time Sat Nov 29 05:00:00 UTC 2025"
    );
    assertContains("after five minutes", error);
  }

  @Test
  void aMomentInTheFutureComesBackWithKinesissClock() {
    kinesis
      .server()
      .refuses(
        400,
        "InvalidArgumentException",
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. " +
          "timestampInMillis: 1593030726246, currentTimestampInMillis: 1593030724560"
      );
    IteratorStart start = new IteratorStart.AtTime(Instant.ofEpochMilli(1_593_030_726_246L));
    FutureTimestampException error = assertThrows(FutureTimestampException.class, () ->
      kinesis.planning().iterator(SHARD, start)
    );
    assertEquals(Optional.of(Instant.ofEpochMilli(1_593_030_724_560L)), error.now());
  }

  @Test
  void aShardIsUnknown() {
    kinesis
      .server()
      .refuses(
        400,
        "ResourceNotFoundException",
        "Shard shardId-000000000000 in stream events under account 123456789012 does not exist"
      );
    UnknownShardException error = assertThrows(UnknownShardException.class, () ->
      kinesis.planning().iterator(SHARD, new IteratorStart.TrimHorizon())
    );
    assertContains("Shard shardId-000000000000 of stream \"events\" is not listed", error);
  }

  @Test
  void theStreamIsMissingInTheRegionThatIsNamed() {
    StreamException error = refusal(
      StreamException.class,
      400,
      "ResourceNotFoundException",
      "Stream events under account 123456789012 not found."
    );
    assertContains("Stream \"events\" does not exist in " + kinesis.place(), error);
    assertContains("account 123456789012", error);
  }

  @Test
  void aPermissionIsMissing() {
    StreamException error = refusal(
      StreamException.class,
      400,
      "AccessDeniedException",
      "User: arn:aws:sts::123456789012:assumed-role/job/i-1 is not authorized to perform: kinesis:GetRecords" +
        " on resource: arn:aws:kinesis:eu-west-1:123456789012:stream/events because no identity-based policy" +
        " allows the kinesis:GetRecords action"
    );
    assertContains("The job may not kinesis:GetRecords on stream \"events\"", error);
  }

  @Test
  void thePermissionForTheKeyIsMissing() {
    StreamException error = refusal(
      StreamException.class,
      400,
      "KMSAccessDeniedException",
      "The ciphertext references a key that does not exist or that you do not have access to."
    );
    assertContains("The job may not kms:Decrypt on stream \"events\"", error);
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "KMSDisabledException | is disabled | The key the stream is encrypted with cannot be used",
      "UnrecognizedClientException | The security token is invalid | does not accept the credentials",
      "ExpiredTokenException | The security token is expired | does not accept the credentials",
      "InvalidArgumentException | StartingSequenceNumber 1 is invalid because it did not come from this stream. | recreated",
      "InvalidArgumentException | Invalid StartingSequenceNumber. It encodes shardId-000000000001 | recreated",
      "ValidationException | 1 validation error detected | Kinesis refuses the call",
    }
  )
  void whatDoesNotPassSaysWhatToDo(String code, String message, String advice) {
    StreamException error = refusal(StreamException.class, 400, code, message);
    assertContains("GetRecords of stream \"events\" in " + kinesis.place() + " failed", error);
    assertContains(advice, error);
    assertContains(message, error);
  }

  @Test
  void theClockIsOffByTenMinutes() {
    kinesis
      .server()
      .answers(
        400,
        Instant.now().plus(Duration.ofMinutes(10)),
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired\"}"
      )
      .answers("{\"Records\":[],\"NextShardIterator\":\"next\",\"MillisBehindLatest\":0}");
    assertEquals("next", kinesis.planning().records("iterator", 1).nextIterator());
    assertEquals(2, kinesis.server().requests().size());
  }
}
