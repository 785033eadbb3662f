"""PutRecord and PutRecords."""

from __future__ import annotations

import re
from typing import Any

from local.emulator.kinesis.failures import (
    KinesisError,
    invalid_argument,
    invalid_value,
)
from local.emulator.kinesis.limits import MEBIBYTE
from local.emulator.kinesis.records import Record
from local.emulator.kinesis.request import Request
from local.emulator.kinesis.streams import Stream
from local.emulator.kinesis.wire import blob

_MOST_RECORDS = 500
_MOST_BYTES = 10 * MEBIBYTE
_LONGEST_KEY = 256
_HASH_KEY = re.compile(r"0|([1-9]\d{0,38})")


def put_record(request: Request) -> dict[str, Any]:
    """Answers PutRecord."""
    stream = request.stream()
    data, size = _checked(stream, request.members, "data")
    answer = _put(request, stream, request.members, data, size)
    return {**answer, "EncryptionType": stream.encryption_type}


def put_records(request: Request) -> dict[str, Any]:
    """Answers PutRecords; no record fails alone, because writes have no limit here."""
    stream = request.stream()
    records = request.required("Records")
    if not 1 <= len(records) <= _MOST_RECORDS:
        raise invalid_value(
            f"{len(records)} records",
            "records",
            f"have length between 1 and {_MOST_RECORDS}",
        )
    checked = [
        _checked(stream, record, f"records.{number}.member.data")
        for number, record in enumerate(records, 1)
    ]
    if sum(size for _, size in checked) > _MOST_BYTES:
        raise invalid_argument("Records size exceeds 10 MB limit")
    answers = [
        _put(request, stream, record, data, size)
        for record, (data, size) in zip(records, checked, strict=True)
    ]
    return {
        "FailedRecordCount": 0,
        "Records": answers,
        "EncryptionType": stream.encryption_type,
    }


def _checked(stream: Stream, record: dict[str, Any], path: str) -> tuple[bytes, int]:
    """The data of a record, and its size in bytes with the partition key."""
    if record.get("Data") is None:
        raise invalid_value("null", path, "not be null")
    key = record.get("PartitionKey")
    if not isinstance(key, str) or not 1 <= len(key) <= _LONGEST_KEY:
        raise invalid_value(
            key, path.replace("data", "partitionKey"), f"have length from 1 to {_LONGEST_KEY}"
        )
    hash_key = record.get("ExplicitHashKey")
    if hash_key is not None:
        _check_hash_key(hash_key)
    data = blob(record["Data"])
    size, most = len(data) + len(key.encode()), stream.maximum_record_kib * 1024
    if size > most:
        raise KinesisError(
            "ValidationException",
            f"1 validation error detected: Value at '{path}' failed to satisfy constraint: Member "
            f"must have length less than or equal to {most}",
        )
    return data, size


def _check_hash_key(text: str) -> None:
    if not _HASH_KEY.fullmatch(text):
        raise invalid_value(
            text, "explicitHashKey", f"satisfy regular expression pattern: {_HASH_KEY.pattern}"
        )
    if int(text) >= 2**128:
        raise invalid_argument(
            f"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
            f"Specified value was {text}"
        )


def _put(
    request: Request, stream: Stream, record: dict[str, Any], data: bytes, size: int
) -> dict[str, Any]:
    """Puts one record and returns its entry in the answer."""
    key = record["PartitionKey"]
    shard = stream.shard_for_key(key, record.get("ExplicitHashKey"))
    now = request.now
    number = shard.numbers.take(now)
    shard.log.append(Record(number, now, key, data, size))
    return {"SequenceNumber": str(number), "ShardId": shard.shard_id}
