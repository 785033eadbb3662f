"""The records with which every reader of events is tested, read by the job's function in Spark."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path
from typing import Any

from streaming_ml.contract import parse_contract

from tests.python.spark.conftest import BATCH_TIME, ReadEvents

TABLE: dict[str, Any] = json.loads(
    Path(__file__).parents[2].joinpath("contracts", "event-vectors.json").read_text()
)


def bytes_of(vector: dict[str, Any]) -> bytes:
    """The record of a vector."""
    record = vector.get("record")
    return base64.b64decode(vector["base64"]) if record is None else str(record).encode()


def test_the_clock_of_the_table_is_that_of_the_tests() -> None:
    moment = BATCH_TIME.replace(tzinfo=datetime.UTC)
    assert TABLE["batchTimeMicros"] == moment.timestamp() * 1_000_000


def test_every_record_gets_its_verdict(read_events: ReadEvents) -> None:
    wrong = []
    for name, text in TABLE["contracts"].items():
        vectors = [vector for vector in TABLE["vectors"] if vector["contract"] == name]
        rows = read_events(*map(bytes_of, vectors), contract=parse_contract(text, name))
        for vector, row in zip(vectors, rows, strict=True):
            expected = (vector["reason"], vector["field"])
            found = (row["reason"], row["reason_field"])
            if found != expected:
                wrong.append(f"{name}, {vector['about']}: expected {expected}, found {found}")
    assert wrong == []
    assert len(TABLE["contracts"]) > 1
