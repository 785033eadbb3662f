"""Calls of the Kinesis API as questions to IAM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from local.permissions.calls.call import Call
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

_OF_STREAM = frozenset(
    {
        *("DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator"),
        *("ListShards", "ListStreamConsumers", "PutRecord", "PutRecords"),
    }
)

# Kinesis developer guide, "Permissions to use user-generated KMS keys".
_KEY_USES = {
    "GetRecords": "kms:Decrypt",
    "PutRecord": "kms:GenerateDataKey",
    "PutRecords": "kms:GenerateDataKey",
}


def kinesis_calls(
    action: str, stream_arn: str, place: Place, keys: Mapping[str, str]
) -> Iterator[Call]:
    """Yields everything that has to be allowed.

    Args:
        action: Name of the operation.
        stream_arn: ARN of the stream that it is about.
        place: The run's.
        keys: ARNs of customer keys by ARN of their stream.

    Raises:
        UnknownCall: Nobody has said what the call needs.
    """
    if action not in _OF_STREAM:
        raise UnknownCall(f"Kinesis's {action}", "kinesis.py")
    yield Call(f"kinesis:{action}", stream_arn)
    if action in _KEY_USES and stream_arn in keys:
        context = {
            "kms:viaservice": f"kinesis.{place.region}.amazonaws.com",
            "kms:encryptioncontext:aws:kinesis:arn": stream_arn,
        }
        yield Call(_KEY_USES[action], keys[stream_arn], context)
