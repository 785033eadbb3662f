"""ListStreams, ListShards, DescribeStream and DescribeStreamSummary."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from local.emulator.kinesis.failures import KinesisError, invalid_argument, invalid_value
from local.emulator.kinesis.request import Request
from local.emulator.kinesis.shards import Shard
from local.emulator.kinesis.streams import Stream
from local.emulator.kinesis.wire import Time, time

_MOST_SHARDS = 10_000
_SHARDS_OF_A_PAGE = 1000
_SHARDS_OF_A_DESCRIPTION = 100
_TOKEN_MILLISECONDS = 300_000


def list_streams(request: Request) -> dict[str, Any]:
    """Answers ListStreams."""
    limit = request.whole("Limit", 1, 10_000, 100)
    begin = request.members.get("ExclusiveStartStreamName") or request.members.get("NextToken")
    names = [name for name in sorted(request.streams) if begin is None or name > begin]
    page = names[:limit]
    has_more = len(names) > limit
    return {
        "StreamNames": page,
        "HasMoreStreams": has_more,
        "NextToken": page[-1] if has_more else None,
        "StreamSummaries": [
            {
                "StreamName": stream.stream_name,
                "StreamARN": stream.arn,
                "StreamStatus": stream.status,
                "StreamModeDetails": stream.stream_mode,
                "StreamCreationTimestamp": Time(stream.created),
            }
            for stream in (request.streams[name] for name in page)
        ],
    }


def list_shards(request: Request) -> dict[str, Any]:
    """Answers ListShards, page by page."""
    request.refuse_both("NextToken", "StreamName")
    request.refuse_both("NextToken", "ExclusiveStartShardId")
    most = request.whole("MaxResults", 1, _MOST_SHARDS, _SHARDS_OF_A_PAGE)
    token = request.members.get("NextToken")
    if token is None:
        stream = request.stream()
        after = request.members.get("ExclusiveStartShardId") or ""
        conditions = _conditions(request.members.get("ShardFilter"))
    else:
        name, after, conditions = _read_token(token, request.now)
        stream = request.stream_named(name)
    matches = _filter(conditions, request.now, stream)
    found = [
        shard
        for shard in stream.listed_shards().values()
        if shard.shard_id > after and matches(shard)
    ]
    page = found[:most]
    return {
        "Shards": [shard.describe() for shard in page],
        "NextToken": _token(stream.stream_name, page[-1].shard_id, conditions, request.now)
        if len(found) > most
        else None,
    }


def describe_stream(request: Request) -> dict[str, Any]:
    """Answers DescribeStream."""
    stream = request.stream()
    limit = request.whole("Limit", 1, _MOST_SHARDS, _SHARDS_OF_A_DESCRIPTION)
    after = request.members.get("ExclusiveStartShardId") or ""
    shards = [shard for shard in stream.listed_shards().values() if shard.shard_id > after]
    return {
        "StreamDescription": {
            **_description(stream),
            "Shards": [shard.describe() for shard in shards[:limit]],
            "HasMoreShards": len(shards) > limit,
        }
    }


def describe_stream_summary(request: Request) -> dict[str, Any]:
    """Answers DescribeStreamSummary."""
    stream = request.stream()
    return {
        "StreamDescriptionSummary": {
            **_description(stream),
            "OpenShardCount": stream.open_shard_count,
            "ConsumerCount": len(stream.consumers),
            "MaxRecordSizeInKiB": stream.maximum_record_kib,
        }
    }


def _description(stream: Stream) -> dict[str, Any]:
    described = {
        "StreamName": stream.stream_name,
        "StreamARN": stream.arn,
        "StreamStatus": stream.status,
        "StreamModeDetails": stream.stream_mode,
        "RetentionPeriodHours": stream.retention_period_hours,
        "StreamCreationTimestamp": Time(stream.created),
        "EnhancedMonitoring": [{"ShardLevelMetrics": stream.shard_level_metrics}],
        "EncryptionType": stream.encryption_type,
    }
    return described if stream.key_id is None else {**described, "KeyId": stream.key_id}


def _conditions(shard_filter: dict[str, Any] | None) -> dict[str, Any] | None:
    """A ShardFilter with its time in milliseconds, as a token keeps it."""
    if shard_filter is None or shard_filter.get("Timestamp") is None:
        return shard_filter
    return {**shard_filter, "Timestamp": time(shard_filter["Timestamp"]).milliseconds}


def _filter(conditions: dict[str, Any] | None, now: int, stream: Stream) -> Callable[[Shard], bool]:
    if conditions is None:
        return lambda shard: True
    kind = conditions.get("Type")
    if kind == "AFTER_SHARD_ID":
        return lambda shard: shard.shard_id > str(conditions.get("ShardId"))
    if kind == "AT_LATEST":
        return lambda shard: shard.is_open
    if kind == "FROM_TRIM_HORIZON":
        return lambda shard: True
    if kind == "AT_TRIM_HORIZON":
        horizon = max(now - stream.retention_milliseconds, stream.created)
        return lambda shard: shard.opened <= horizon and _lives_after(shard, horizon)
    moment = conditions.get("Timestamp")
    if kind not in ("AT_TIMESTAMP", "FROM_TIMESTAMP") or moment is None:
        raise invalid_value(kind, "shardFilter.type", "name a known filter with its member")
    if kind == "FROM_TIMESTAMP":
        return lambda shard: _lives_after(shard, moment)
    return lambda shard: shard.opened <= moment and _lives_after(shard, moment)


def _lives_after(shard: Shard, moment: int) -> bool:
    return shard.closed is None or shard.closed > moment


def _token(stream: str, after: str, conditions: dict[str, Any] | None, now: int) -> str:
    return base64.b64encode(json.dumps([stream, after, conditions, now]).encode()).decode()


def _read_token(token: str, now: int) -> tuple[str, str, dict[str, Any] | None]:
    try:
        stream, after, conditions, issued = json.loads(base64.b64decode(token, validate=True))
    except (binascii.Error, ValueError):
        raise invalid_argument("Invalid NextToken.") from None
    if now - issued > _TOKEN_MILLISECONDS:
        raise KinesisError("ExpiredNextTokenException", "The NextToken is older than 5 minutes.")
    return stream, after, conditions
