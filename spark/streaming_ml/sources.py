"""Options of the two Kinesis sources. Both return the same columns.

`kinesis-ranges` is this project's own source (`spark/java/streamingml/kinesis`). `aws-kinesis` is
EMR's connector (awslabs/spark-sql-kinesis-connector 1.4.2); the names of its options are from its
README and source code.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import DataFrame, SparkSession

from streaming_ml.arguments import CONNECTOR_SOURCE, StreamingJobArguments

# The minimum that EMR's connector allows. It ends the batch of a shard that stays below its limit
# of records.
_MAX_FETCH_SECONDS = 10


def kinesis_endpoint(region: str, environment: Mapping[str, str]) -> str:
    """Returns the endpoint that the AWS SDKs use: from the environment, else the region's."""
    for name in ("AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL"):
        if environment.get(name):
            return environment[name]
    return f"https://kinesis.{region}.amazonaws.com"


def kinesis_ranges_options(arguments: StreamingJobArguments) -> dict[str, str]:
    """Options of `kinesis-ranges`; it finds endpoint and credentials as every AWS SDK does."""
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

    With its defaults a micro-batch does not end while records keep arriving, so it is limited by
    records and by time. The two internal options end it soon after a shard has caught up (their
    product must exceed 5).
    """
    fan_out = {"kinesis.consumerName": arguments.consumer} if arguments.consumer else {}
    return {
        # The connector compares these values with case.
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


def load_stream(
    spark: SparkSession, arguments: StreamingJobArguments, environment: Mapping[str, str]
) -> DataFrame:
    """Returns the stream: data, streamName, partitionKey, sequenceNumber, arrival timestamp."""
    options = (
        aws_kinesis_options(arguments, environment)
        if arguments.source == CONNECTOR_SOURCE
        else kinesis_ranges_options(arguments)
    )
    return spark.readStream.format(arguments.source).options(**options).load()
