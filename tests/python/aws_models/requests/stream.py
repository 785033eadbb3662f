"""Kinesis (terraform: kinesis/stream.go, stream_consumer.go, resource_policy.go)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.python.aws_models.requests.inputs import Inputs, Request, Resolver, api, request


def _stream(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("enforceConsumerDeletion")
    name = inputs["name"]
    yield request(
        "kinesis",
        "CreateStream",
        StreamName=name,
        ShardCount=inputs["shardCount"],
        StreamModeDetails=api(inputs["streamModeDetails"]),
        MaxRecordSizeInKiB=inputs["maxRecordSizeInKib"],
        WarmThroughputMiBps=inputs["warmThroughputMibPs"],
        Tags=inputs.tags,
    )
    if inputs["retentionPeriod"] is not None:
        yield request(
            "kinesis",
            "IncreaseStreamRetentionPeriod",
            StreamName=name,
            RetentionPeriodHours=inputs["retentionPeriod"],
        )
    if inputs["encryptionType"] == "KMS":
        yield request(
            "kinesis",
            "StartStreamEncryption",
            StreamName=name,
            EncryptionType="KMS",
            KeyId=inputs["kmsKeyId"],
        )
    if inputs["shardLevelMetrics"]:
        yield request(
            "kinesis",
            "EnableEnhancedMonitoring",
            StreamName=name,
            ShardLevelMetrics=inputs["shardLevelMetrics"],
        )


def _consumer(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "kinesis",
        "RegisterStreamConsumer",
        StreamARN=inputs["streamArn"],
        ConsumerName=inputs["name"],
        Tags=inputs.tags,
    )


def _resource_policy(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "kinesis",
        "PutResourcePolicy",
        ResourceARN=inputs["resourceArn"],
        Policy=inputs["policy"],
    )


resolvers: dict[str, Resolver] = {
    "aws:kinesis/stream:Stream": _stream,
    "aws:kinesis/streamConsumer:StreamConsumer": _consumer,
    "aws:kinesis/resourcePolicy:ResourcePolicy": _resource_policy,
}
