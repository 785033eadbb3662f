"""Creates, changes and deletes streams."""

from __future__ import annotations

import re
from typing import Any

from moto.kinesis.exceptions import StreamCannotBeUpdatedError

from local.emulator.kinesis.failures import KinesisError, invalid_argument, invalid_value
from local.emulator.kinesis.request import Request
from local.emulator.kinesis.streams import Stream

_NAME = re.compile(r"[a-zA-Z0-9_.-]{1,128}")
_SHARDS_ON_DEMAND = 4
_MOST_SHARDS = 10_000
_LEAST_RECORD_KIB, _MOST_RECORD_KIB = 1024, 10_240
_LEAST_HOURS, _MOST_HOURS = 24, 8760


def create_stream(request: Request) -> dict[str, Any]:
    """Answers CreateStream; the stream is ACTIVE immediately."""
    name = str(request.required("StreamName"))
    if not _NAME.fullmatch(name):
        raise invalid_value(
            name, "streamName", f"satisfy regular expression pattern: {_NAME.pattern}"
        )
    if name in request.streams:
        raise KinesisError(
            "ResourceInUseException",
            f"Stream {name} under account {request.account} already exists.",
        )
    mode = request.members.get("StreamModeDetails")
    on_demand = (mode or {}).get("StreamMode") == "ON_DEMAND"
    shards = _SHARDS_ON_DEMAND if on_demand else request.whole("ShardCount", 1, _MOST_SHARDS)
    stream = Stream(
        name,
        shards,
        mode,
        request.kinesis.clock,
        request.account,
        request.region,
    )
    stream.tags.update(request.members.get("Tags") or {})
    stream.maximum_record_kib = _record_kib(request, stream.maximum_record_kib)
    request.streams[name] = stream
    return {}


def delete_stream(request: Request) -> dict[str, Any]:
    """Answers DeleteStream; the stream is gone immediately."""
    del request.streams[request.stream().stream_name]
    return {}


def increase_stream_retention_period(request: Request) -> dict[str, Any]:
    """Answers IncreaseStreamRetentionPeriod."""
    stream, hours = _retention(request)
    if hours < stream.retention_period_hours:
        raise invalid_argument(
            f"Requested retention period ({hours} hours) for stream {stream.stream_name} can not "
            f"be shorter than existing retention period ({stream.retention_period_hours} hours). "
            "Use DecreaseRetentionPeriod API."
        )
    # Records that expired under the old period must not come back under the longer one.
    for shard_id in list(stream.listed_shards()):
        stream.shard(shard_id)
    stream.retention_period_hours = hours
    return {}


def decrease_stream_retention_period(request: Request) -> dict[str, Any]:
    """Answers DecreaseStreamRetentionPeriod."""
    stream, hours = _retention(request)
    if hours > stream.retention_period_hours:
        raise invalid_argument(
            f"Requested retention period ({hours} hours) for stream {stream.stream_name} can not "
            f"be longer than existing retention period ({stream.retention_period_hours} hours). "
            "Use IncreaseRetentionPeriod API."
        )
    stream.retention_period_hours = hours
    return {}


def split_shard(request: Request) -> dict[str, Any]:
    """Answers SplitShard; the shards change immediately."""
    request.stream().split_shard(
        request.required("ShardToSplit"), request.required("NewStartingHashKey")
    )
    return {}


def merge_shards(request: Request) -> dict[str, Any]:
    """Answers MergeShards; the shards change immediately."""
    request.stream().merge_shards(
        request.required("ShardToMerge"), request.required("AdjacentShardToMerge")
    )
    return {}


def update_shard_count(request: Request) -> dict[str, Any]:
    """Answers UpdateShardCount; the shards change immediately."""
    stream = request.stream()
    target = request.whole("TargetShardCount", 1, _MOST_SHARDS)
    current = stream.open_shard_count
    try:
        stream.update_shard_count(target)
    except StreamCannotBeUpdatedError as error:
        raise KinesisError("ValidationException", error.message) from None
    return {
        "StreamName": stream.stream_name,
        "StreamARN": stream.arn,
        "CurrentShardCount": current,
        "TargetShardCount": target,
    }


def update_max_record_size(request: Request) -> dict[str, Any]:
    """Answers UpdateMaxRecordSize."""
    request.required("MaxRecordSizeInKiB")
    stream = request.stream()
    stream.maximum_record_kib = _record_kib(request, stream.maximum_record_kib)
    return {}


def _record_kib(request: Request, default: int) -> int:
    return request.whole("MaxRecordSizeInKiB", _LEAST_RECORD_KIB, _MOST_RECORD_KIB, default)


def _retention(request: Request) -> tuple[Stream, int]:
    hours = int(request.required("RetentionPeriodHours"))
    if hours < _LEAST_HOURS:
        raise invalid_argument(
            f"Minimum allowed retention period is {_LEAST_HOURS} hours. Requested retention "
            f"period ({hours} hours) is too short."
        )
    if hours > _MOST_HOURS:
        raise invalid_argument(
            f"Maximum allowed retention period is {_MOST_HOURS} hours. Requested retention "
            f"period ({hours} hours) is too long."
        )
    return request.stream(), hours
