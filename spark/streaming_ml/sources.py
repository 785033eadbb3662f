"""Options of the Kinesis sources. All give the same columns; all after `load()` is shared.

`kinesis-ranges` is this project's own (`spark/java/streamingml/kinesis`).
`aws-kinesis` is the connector of the EMR image (awslabs/spark-sql-kinesis-connector 1.4.2),
`kinesis` the one on Maven Central (com.qubole.spark, 1.2.0_spark-3.0). Names of their options
are from the respective README and source.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import DataFrame, SparkSession

from streaming_ml.arguments import StreamingJobArguments

# The least the connector of EMR allows. It bounds the batch of a shard below its record limit.
_MAX_FETCH_SECONDS = 10


def kinesis_endpoint(region: str, environment: Mapping[str, str]) -> str:
    """Returns the endpoint that AWS's SDKs would use: from the environment, else the region's."""
    for name in ("AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL"):
        if environment.get(name):
            return environment[name]
    return f"https://kinesis.{region}.amazonaws.com"


def kinesis_ranges_options(
    arguments: StreamingJobArguments, environment: Mapping[str, str]
) -> dict[str, str]:
    """Options of the source of our own.

    It finds endpoint and credentials itself, as every AWS SDK does, so `environment` is not read.
    """
    del environment
    return {
        "streamName": arguments.stream,
        "region": arguments.region,
        "batchSeconds": f"{arguments.trigger_seconds:g}",
        "spanSeconds": str(arguments.freshness_seconds),
    }


def aws_kinesis_options(
    arguments: StreamingJobArguments, environment: Mapping[str, str]
) -> dict[str, str]:
    """Options of EMR's connector.

    Left to its defaults a micro-batch does not end while records keep arriving, so it is bounded
    by records and by time; the two internal options end it soon after a shard has caught up
    (their product must exceed 5).
    """
    fan_out = {"kinesis.consumerName": arguments.consumer} if arguments.consumer else {}
    return {
        # The connector compares these words letter by letter.
        "kinesis.consumerType": "SubscribeToShard" if arguments.consumer else "GetRecords",
        **fan_out,
        "kinesis.region": arguments.region,
        "kinesis.kinesisRegion": arguments.region,
        "kinesis.streamName": arguments.stream,
        "kinesis.endpointUrl": kinesis_endpoint(arguments.region, environment),
        "kinesis.startingPosition": "TRIM_HORIZON",
        "kinesis.failOnDataLoss": "true",
        "kinesis.maxFetchRecordsPerShard": str(arguments.max_records_per_shard),
        "kinesis.maxFetchTimePerShardSec": str(_MAX_FETCH_SECONDS),
        "kinesis.internal.dataQueueWaitTimeoutSec": "1",
        "kinesis.internal.maxDataQueueEmptyCount": "6",
    }


def kinesis_options(
    arguments: StreamingJobArguments, environment: Mapping[str, str]
) -> dict[str, str]:
    """Options of the connector on Maven Central.

    It checks its record limit between two GetRecords calls only, so one call may not return more
    than the limit. Credentials are options, else it asks the instance's metadata.
    """
    most_per_batch = arguments.max_records_per_shard or 1
    most_per_call = min(most_per_batch, 10_000)
    options = {
        "streamName": arguments.stream,
        "endpointUrl": kinesis_endpoint(arguments.region, environment),
        "regionName": arguments.region,
        "startingPosition": "TRIM_HORIZON",
        "failOnDataLoss": "true",
        "kinesis.executor.maxFetchRecordsPerShard": str(max(1, most_per_batch - most_per_call)),
        "kinesis.executor.maxRecordPerRead": str(most_per_call),
        "kinesis.executor.maxFetchTimeInMs": str(_MAX_FETCH_SECONDS * 1000),
        "kinesis.client.avoidEmptyBatches": "true",
    }
    if environment.get("AWS_ACCESS_KEY_ID"):
        options["awsAccessKeyId"] = environment["AWS_ACCESS_KEY_ID"]
        options["awsSecretKey"] = environment.get("AWS_SECRET_ACCESS_KEY", "")
    return options


def load_stream(
    spark: SparkSession, arguments: StreamingJobArguments, environment: Mapping[str, str]
) -> DataFrame:
    """Returns the stream: data, streamName, partitionKey, sequenceNumber, arrival timestamp."""
    builders = {
        "kinesis-ranges": kinesis_ranges_options,
        "aws-kinesis": aws_kinesis_options,
        "kinesis": kinesis_options,
    }
    options = builders[arguments.source](arguments, environment)
    return spark.readStream.format(arguments.source).options(**options).load()
