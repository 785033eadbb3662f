package streamingml.kinesis.sdk;

import java.io.IOException;
import java.net.UnknownHostException;
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
import streamingml.relocated.software.amazon.awssdk.core.exception.AbortedException;
import streamingml.relocated.software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import streamingml.relocated.software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import streamingml.relocated.software.amazon.awssdk.core.exception.SdkException;

/** Turns the AWS SDK's exceptions into the source's: one sentence each on what it is, and one on what to do. */
final class Refusals {

  /** What passes by waiting, beside every error of Kinesis's own (status 500 and above). */
  private static final Set<String> PASSING = Set.of(
    "ProvisionedThroughputExceededException",
    "LimitExceededException",
    "KMSThrottlingException",
    // The stream is being made or changed.
    "ResourceInUseException",
    // Of ListShards, which begins anew.
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

  private final String stream;
  private final String place;

  /**
   * Creates it.
   *
   * @param place where the stream was looked for, such as {@code region eu-west-1}
   */
  Refusals(String stream, String place) {
    this.stream = stream;
    this.place = place;
  }

  /**
   * Returns the exception to throw.
   *
   * @param operation as Kinesis names it, such as {@code GetRecords}
   */
  StreamException of(String operation, SdkException error) {
    return error instanceof AwsServiceException refusal
      ? refused(operation, refusal)
      : failed(operation, error);
  }

  private StreamException refused(String operation, AwsServiceException error) {
    String code = String.valueOf(error.awsErrorDetails().errorCode());
    String said = String.valueOf(error.awsErrorDetails().errorMessage());
    if (PASSING.contains(code) || error.isThrottlingException() || error.statusCode() >= 500) {
      return new UnavailableException(
        "Kinesis cannot answer %s of stream \"%s\" in %s now. Wait, or give the stream more shards or fewer consumers if this goes on. %s".formatted(
          operation,
          stream,
          place,
          quoted(error)
        ),
        error
      );
    }
    if (code.equals("ExpiredIteratorException")) {
      return new ExpiredIteratorException(
        "An iterator of stream \"%s\" was used after five minutes. Get a new one. %s".formatted(
          stream,
          quoted(error)
        ),
        error
      );
    }
    Matcher now = NOW.matcher(said);
    if (code.equals("InvalidArgumentException") && now.find()) {
      return new FutureTimestampException(
        "Stream \"%s\" was asked for a moment that Kinesis's clock has not reached. Set this machine's clock if this goes on. %s".formatted(
          stream,
          quoted(error)
        ),
        Instant.ofEpochMilli(Long.parseLong(now.group(1))),
        error
      );
    }
    if (code.equals("ResourceNotFoundException")) {
      return missing(said, error);
    }
    if (code.equals("AccessDeniedException") || code.equals("KMSAccessDeniedException")) {
      return denied(operation, code, said, error);
    }
    if (CREDENTIALS.contains(code)) {
      return plain(
        operation,
        "AWS does not accept the credentials. Check them, the region and this machine's clock.",
        error
      );
    }
    if (code.startsWith("KMS")) {
      return plain(
        operation,
        "The key the stream is encrypted with cannot be used. Enable it, or encrypt the stream with another.",
        error
      );
    }
    if (said.contains("did not come from this stream")) {
      return plain(
        operation,
        "The position is another stream's: was it deleted and made anew? Begin with a new job.generation.",
        error
      );
    }
    return plain(operation, "Kinesis refuses the call.", error);
  }

  private StreamException missing(String said, AwsServiceException error) {
    Matcher shard = SHARD.matcher(said);
    if (shard.find()) {
      return new UnknownShardException(
        "Shard %s of stream \"%s\" is not listed in %s: its records have expired, or the stream was made anew. %s".formatted(
          shard.group(),
          stream,
          place,
          quoted(error)
        ),
        error
      );
    }
    return new StreamException(
      "Stream \"%s\" does not exist in %s. Check the stream's name, the region and the account. %s".formatted(
        stream,
        place,
        quoted(error)
      ),
      error
    );
  }

  private StreamException denied(
    String operation,
    String code,
    String said,
    AwsServiceException error
  ) {
    Matcher named = ACTION.matcher(said);
    String ours = code.startsWith("KMS") ? "kms:Decrypt" : "kinesis:" + operation;
    return new StreamException(
      "The job may not %s on stream \"%s\" in %s. Allow the action in the policy of its role. %s".formatted(
        named.find() ? named.group(1) : ours,
        stream,
        place,
        quoted(error)
      ),
      error
    );
  }

  private StreamException failed(String operation, SdkException error) {
    // Reading from a socket goes on in an interrupted thread, until it fails.
    if (error instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return plain(operation, "The call was interrupted.", error);
    }
    boolean isTimeout =
      error instanceof ApiCallTimeoutException || error instanceof ApiCallAttemptTimeoutException;
    IOException network = cause(error, IOException.class);
    if (isTimeout || network != null) {
      String advice = network instanceof UnknownHostException
        ? "Its host is unknown: check the region, the endpoint and the name server."
        : "Check the network, the endpoint and its security group, or wait.";
      return new UnavailableException(
        "Kinesis did not answer %s of stream \"%s\" in %s. %s (%s)".formatted(
          operation,
          stream,
          place,
          advice,
          error.getMessage()
        ),
        error
      );
    }
    String message = String.valueOf(error.getMessage());
    if (message.startsWith("Unable to load credentials")) {
      return plain(
        operation,
        "There are no AWS credentials. Give the job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        error
      );
    }
    if (message.startsWith("Unable to load region")) {
      return plain(operation, "There is no region. Set the option `region` or AWS_REGION.", error);
    }
    return plain(operation, "The AWS SDK cannot make the call.", error);
  }

  private StreamException plain(String operation, String sentence, SdkException error) {
    return new StreamException(
      "%s of stream \"%s\" in %s failed. %s %s".formatted(
        operation,
        stream,
        place,
        sentence,
        quoted(error)
      ),
      error
    );
  }

  /** AWS's own words, with the request's id for its support. */
  private static String quoted(SdkException error) {
    return "(" + error.getMessage() + ")";
  }

  private static <T extends Throwable> T cause(Throwable error, Class<T> type) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
