package streamingml.kinesis.sdk;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamingml.kinesis.stream.ExpiredIteratorException;
import streamingml.kinesis.stream.FutureTimestampException;
import streamingml.kinesis.stream.StreamException;
import streamingml.kinesis.stream.UnavailableException;
import streamingml.kinesis.stream.UnknownShardException;
import streamingml.relocated.software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The messages for errors of Kinesis, and what to do: each ends with AWS's own message and the request id. */
final class Refusals {

  /** Errors to retry, in addition to throttling and Kinesis's own errors (500 and above). */
  private static final Set<String> PASSING = Set.of(
    "ProvisionedThroughputExceededException",
    "LimitExceededException",
    "KMSThrottlingException",
    // The stream is being created or changed.
    "ResourceInUseException",
    // From ListShards, which starts again.
    "ExpiredNextTokenException"
  );
  private static final Set<String> CREDENTIALS = Set.of(
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException"
  );
  private static final Pattern NOW = Pattern.compile("currentTimestampInMillis: *(\\d{1,15})");
  private static final Pattern ACTION = Pattern.compile("not authorized to perform: *([\\w:-]+)");
  private static final Pattern SHARD = Pattern.compile("\\bshardId-\\d+");

  private Refusals() {}

  /** Returns the exception to throw. */
  static StreamException of(Call call, AwsServiceException error) {
    String code = String.valueOf(error.awsErrorDetails().errorCode());
    if (PASSING.contains(code) || error.isThrottlingException() || error.statusCode() >= 500) {
      return new UnavailableException(
        "Kinesis cannot answer %s now. Wait; if this continues, use more shards or fewer consumers. (%s)".formatted(
          call,
          error.getMessage()
        ),
        error
      );
    }
    String said = String.valueOf(error.awsErrorDetails().errorMessage());
    return switch (code) {
      case "ExpiredIteratorException" -> new ExpiredIteratorException(
        "An iterator of stream \"%s\" was used after five minutes. Get a new one. (%s)".formatted(
          call.stream(),
          error.getMessage()
        ),
        error
      );
      case "InvalidArgumentException" -> invalid(call, said, error);
      case "ResourceNotFoundException" -> missing(call, said, error);
      case "AccessDeniedException" -> denied(call, "kinesis:" + call.operation(), said, error);
      case "KMSAccessDeniedException" -> denied(call, "kms:Decrypt", said, error);
      default -> call.failed(advice(code), error);
    };
  }

  private static StreamException invalid(Call call, String said, AwsServiceException error) {
    Matcher now = NOW.matcher(said);
    if (now.find()) {
      return new FutureTimestampException(
        "Stream \"%s\" was read at a time that Kinesis's clock has not reached. If this continues, set this machine's clock. (%s)".formatted(
          call.stream(),
          error.getMessage()
        ),
        Instant.ofEpochMilli(Long.parseLong(now.group(1))),
        error
      );
    }
    return call.failed(
      said.contains("StartingSequenceNumber")
        ? "The position does not belong to this shard. If the stream was deleted and recreated, begin with a new job.generation."
        : "Kinesis refuses the call.",
      error
    );
  }

  private static StreamException missing(Call call, String said, AwsServiceException error) {
    Matcher shard = SHARD.matcher(said);
    if (shard.find()) {
      return new UnknownShardException(
        "Shard %s of stream \"%s\" is not listed in %s: its records have expired, or the stream was recreated. (%s)".formatted(
          shard.group(),
          call.stream(),
          call.place(),
          error.getMessage()
        ),
        error
      );
    }
    return new StreamException(
      "Stream \"%s\" does not exist in %s. Check the stream's name, the region and the account. (%s)".formatted(
        call.stream(),
        call.place(),
        error.getMessage()
      ),
      error
    );
  }

  private static StreamException denied(
    Call call,
    String action,
    String said,
    AwsServiceException error
  ) {
    Matcher named = ACTION.matcher(said);
    return new StreamException(
      "The job may not %s on stream \"%s\" in %s. Allow the action in the policy of its role. (%s)".formatted(
        named.find() ? named.group(1) : action,
        call.stream(),
        call.place(),
        error.getMessage()
      ),
      error
    );
  }

  private static String advice(String code) {
    if (CREDENTIALS.contains(code)) {
      return "AWS does not accept the credentials. Check them, the region and this machine's clock.";
    }
    return code.startsWith("KMS")
      ? "The key the stream is encrypted with cannot be used. Enable it, or encrypt the stream with another."
      : "Kinesis refuses the call.";
  }
}
