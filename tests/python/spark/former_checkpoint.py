"""A checkpoint that a former source has left, fitted to a stream that holds the same records.

`recorded_checkpoint/` is what com.qubole.spark:spark-sql-kinesis_2.12:1.2.0_spark-3.0 wrote under
Spark 3.5.9 when it read ten records per shard and micro-batch: two shards, of which the first was
split after the second micro-batch, was read to its end in the third, and is still named by the
fourth. `records.csv` says what was put, in its order, and which micro-batch read it.

EMR's connector is on no registry. Its form is that of tag v1.4.2 of
awslabs/spark-sql-kinesis-connector: other folders, two more fields, and no finished shard in an
offset.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.python.spark.kinesis_query import Stream

_RECORDED = Path(__file__).with_name("recorded_checkpoint")
_FOLDERS = {"kinesis": "shard-commit", "aws-kinesis": "shard-source"}
_MOST_PER_CALL = 500
_SPLIT_SHARDS = ("shardId-000000000002", "shardId-000000000003")

Shard = dict[str, Any]


@dataclass(frozen=True)
class SentRecord:
    """A record as it was put when the checkpoint was recorded.

    Attributes:
        batch: Micro-batch of the former source that read it, empty where it was left unread.
    """

    data: str
    explicit_hash_key: str
    shard: str
    sequence_number: str
    batch: str


def sent_records() -> list[SentRecord]:
    """Returns what was put, in its order."""
    with _RECORDED.joinpath("records.csv").open() as file:
        return [SentRecord(**row) for row in csv.DictReader(file)]


class FormerCheckpoint:
    """The recorded checkpoint, with the sequence numbers of `stream`, which gets the records.

    Args:
        stream: Empty, with two shards.
        folder: For the checkpoint.
        source: Source that defines its form: `kinesis` or `aws-kinesis`.
    """

    def __init__(self, stream: Stream, folder: Path, source: str) -> None:
        self._stream = stream
        self._aws = source == "aws-kinesis"
        self._numbers: dict[tuple[str, str], str] = {}
        records = sent_records()
        self._put([record for record in records if record.shard not in _SPLIT_SHARDS])
        stream.split(stream.shards()[0])
        self._put([record for record in records if record.shard in _SPLIT_SHARDS])
        for file in sorted(_RECORDED.joinpath("checkpoint").rglob("*")):
            if file.is_file():
                name = file.relative_to(_RECORDED / "checkpoint")
                target = folder / str(name).replace(_FOLDERS["kinesis"], _FOLDERS[source])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(self._fitted(name.parts[0], file.read_text()))

    def _put(self, records: list[SentRecord]) -> None:
        assert len(records) <= _MOST_PER_CALL
        answer = self._stream.kinesis.put_records(
            StreamName=self._stream.name,
            Records=[
                {
                    "Data": record.data.encode(),
                    "PartitionKey": record.data,
                    "ExplicitHashKey": record.explicit_hash_key,
                }
                for record in records
            ],
        )
        for record, taken in zip(records, answer["Records"], strict=True):
            assert taken["ShardId"] == record.shard
            self._numbers[record.shard, record.sequence_number] = taken["SequenceNumber"]

    def _fitted(self, part: str, text: str) -> str:
        if part == "offsets":
            *head, offset = text.splitlines()
            return "\n".join([*head, json.dumps(self._offset(json.loads(offset)))])
        if part == "sources":
            shard = json.loads(text)
            return json.dumps({"shardId": shard["shardId"], **self._shard(shard["shardId"], shard)})
        return text

    def _offset(self, offset: Mapping[str, Any]) -> dict[str, Any]:
        shards = {
            name: self._shard(name, shard) for name, shard in offset.items() if name != "metadata"
        }
        if self._aws:
            # As text here; and the connector leaves out what is finished.
            shards = {
                name: {
                    **shard,
                    "subSequenceNumber": str(shard["subSequenceNumber"]),
                    "isLast": str(shard["isLast"]).lower(),
                }
                for name, shard in shards.items()
                if shard["iteratorType"] != "SHARD_END"
            }
        return {"metadata": {**offset["metadata"], "streamName": self._stream.name}, **shards}

    def _shard(self, shard_id: str, shard: Mapping[str, Any]) -> Shard:
        position = shard["iteratorPosition"]
        return {
            "iteratorType": shard["iteratorType"],
            "iteratorPosition": self._numbers[shard_id, position] if position else "",
            **({"subSequenceNumber": -1, "isLast": True} if self._aws else {}),
        }
