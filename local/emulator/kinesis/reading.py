"""GetShardIterator and GetRecords."""

from __future__ import annotations

import re
from typing import Any

from local.emulator.kinesis.failures import invalid_argument, invalid_value, too_many
from local.emulator.kinesis.iterators import ShardIterator
from local.emulator.kinesis.limits import MEBIBYTE
from local.emulator.kinesis.request import Request
from local.emulator.kinesis.shards import Shard
from local.emulator.kinesis.streams import Stream
from local.emulator.kinesis.wire import Time, time

_MOST_BYTES = 10 * MEBIBYTE
_MOST_RECORDS = 10_000
_BY_NUMBER = ("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")
_SEQUENCE_NUMBER = re.compile(r"0|([1-9]\d{0,128})")


def get_shard_iterator(request: Request) -> dict[str, Any]:
    """Answers GetShardIterator."""
    stream = request.stream()
    shard = stream.shard(request.required("ShardId"))
    kind = request.required("ShardIteratorType")
    _throttle(request, stream, shard, "iterator")
    iterator = ShardIterator(
        stream.stream_name,
        stream.created,
        shard.shard_id,
        _position(request, stream, shard, kind),
        request.now,
    )
    shard.activity.get_shard_iterator += 1
    return {"ShardIterator": iterator.encode()}


def get_records(request: Request) -> dict[str, Any]:
    """Answers GetRecords."""
    limit = int(request.members.get("Limit", _MOST_RECORDS))
    if limit < 1:
        raise invalid_value(limit, "limit", "have value greater than or equal to 1")
    if limit > _MOST_RECORDS:
        raise invalid_argument(f"Limit must be at most {_MOST_RECORDS}. Received: {limit}.")
    iterator = ShardIterator.decode(request.required("ShardIterator"))
    iterator.check_age(request.now)
    stream = request.stream_named(iterator.stream)
    if stream.created != iterator.created:
        raise invalid_argument("The ShardIterator belongs to a stream that was deleted.")
    shard = stream.shard(iterator.shard)
    _throttle(request, stream, shard, "records")
    page = shard.log.page(iterator.after, limit, _MOST_BYTES)
    size = sum(record.size for record in page)
    shard.limits.read_bytes.add(size, request.now)
    shard.activity.get_records += 1
    shard.activity.records_read += len(page)
    shard.activity.bytes_read += size
    return {
        "Records": [
            {
                "SequenceNumber": str(record.number),
                "ApproximateArrivalTimestamp": Time(record.arrival),
                "Data": record.data,
                "PartitionKey": record.partition_key,
            }
            for record in page
        ],
        **_what_follows(request, stream, shard, iterator, page[-1].number if page else None),
    }


def _position(request: Request, stream: Stream, shard: Shard, kind: str) -> int:
    """Number of the last record before the requested position."""
    number = request.members.get("StartingSequenceNumber")
    if (kind in _BY_NUMBER) != (number is not None):
        raise invalid_argument(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
            "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
            f"Request specified {kind} and "
            f"{'no' if number is None else 'also a'} StartingSequenceNumber."
        )
    if kind == "TRIM_HORIZON":
        return 0
    if kind == "LATEST":
        return shard.log.last_number
    if kind == "AT_TIMESTAMP":
        return shard.log.before_time(_timestamp(request))
    if kind not in _BY_NUMBER:
        raise invalid_value(
            kind,
            "shardIteratorType",
            "satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, "
            "AT_SEQUENCE_NUMBER, TRIM_HORIZON]",
        )
    found = _known_number(stream, shard, str(number))
    return found if kind == "AFTER_SEQUENCE_NUMBER" else found - 1


def _timestamp(request: Request) -> int:
    value = request.members.get("Timestamp")
    if value is None:
        raise invalid_argument(
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
            "request has no timestamp parameter."
        )
    asked, now = time(value).milliseconds, request.now
    if asked > now:
        raise invalid_argument(
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
            f"timestampInMillis: {asked}, currentTimestampInMillis: {now}"
        )
    return asked


def _known_number(stream: Stream, shard: Shard, text: str) -> int:
    if not _SEQUENCE_NUMBER.fullmatch(text):
        raise invalid_value(
            text,
            "startingSequenceNumber",
            f"satisfy regular expression pattern: {_SEQUENCE_NUMBER.pattern}",
        )
    number = int(text)
    if shard.knows(number):
        return number
    for other in stream.listed_shards().values():
        if other.knows(number):
            raise invalid_argument(
                f"Invalid StartingSequenceNumber. It encodes {other.shard_id}, while it was used "
                f"in a call to a shard with {shard.shard_id}"
            )
    raise invalid_argument(
        f"StartingSequenceNumber {text} used in GetShardIterator on shard {shard.shard_id} in "
        f"stream {stream.stream_name} under account {stream.account_id} is invalid because it did "
        "not come from this stream."
    )


def _throttle(request: Request, stream: Stream, shard: Shard, kind: str) -> None:
    """Counts the call, or throttles it."""
    options, limits, now = request.kinesis.options, shard.limits, request.now
    request.kinesis.reads += 1
    every = options.throttle_one_of
    calls = limits.iterator_calls if kind == "iterator" else limits.record_calls
    if (
        (every and request.kinesis.reads % every == 0)
        or (options.read_call_limits and not calls.is_free(now))
        or (options.read_byte_limits and kind == "records" and not limits.read_bytes.is_free(now))
    ):
        shard.activity.throttled += 1
        raise too_many(
            f"Rate exceeded for Shard - {stream.account_id}/{stream.stream_name}/{shard.shard_id}"
        )
    calls.add(1, now)


def _what_follows(
    request: Request, stream: Stream, shard: Shard, iterator: ShardIterator, last: int | None
) -> dict[str, Any]:
    """MillisBehindLatest, and the next iterator or, at the end of a closed shard, its children."""
    position = iterator.after if last is None else last
    following = shard.log.next(position)
    if following is not None:
        # Less than a millisecond behind is behind, too: only 0 says that there is nothing more.
        return {
            "NextShardIterator": iterator.moved(position, request.now).encode(),
            "MillisBehindLatest": max(1, request.now - following.arrival),
        }
    if shard.is_open:
        return {
            "NextShardIterator": iterator.moved(position, request.now).encode(),
            "MillisBehindLatest": 0,
        }
    return {
        "MillisBehindLatest": 0,
        "ChildShards": [child.describe_as_child() for child in stream.children_of(shard)],
    }
