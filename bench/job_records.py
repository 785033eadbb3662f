"""The records of the job benchmark: events with new identities, in the source's columns."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from local.events.contracts import REPOSITORY, EventContract, EventField
from local.events.demo import demo_events
from local.events.documents import Event, with_value
from local.events.identity import EventIdentity
from local.events.values import EventValues

_SOURCE_SCHEMA = pa.schema(
    [
        ("data", pa.binary()),
        ("streamName", pa.string()),
        ("partitionKey", pa.string()),
        ("sequenceNumber", pa.string()),
        ("approximateArrivalTimestamp", pa.timestamp("us", tz="UTC")),
    ]
)
_SEQUENCE_NUMBER_START = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898
_MOMENT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_DIFFERENT_EVENTS = 38_000
_USERS = 200_000

SEPARATORS = {"plain": (",", ":"), "spaced": (", ", ": ")}


def events_of_workload(workload: str) -> list[Event]:
    """What the demo of a workload sends: its data set."""
    data = REPOSITORY / ".local" / "data" / workload
    return list(demo_events(workload).read_events(data, _DIFFERENT_EVENTS, _MOMENT))


def invented_events(contract: EventContract) -> list[Event]:
    """The same number of invented events."""
    values = EventValues(contract)
    return [values.event("bench", number, _MOMENT) for number in range(_DIFFERENT_EVENTS)]


def write_records(
    contract: EventContract,
    events: Sequence[Event],
    folder: Path,
    count: int,
    files: int,
    seed: int,
    form: str = "plain",
) -> None:
    """Writes `count` events with the Kinesis source's columns, as `files` Parquet files.

    Args:
        contract: What an event is.
        events: What they say; each comes again and again, with a new identity.
        folder: Created.
        count: How many events.
        files: How many files.
        seed: Of identities and pseudonyms.
        form: Key of `SEPARATORS`: `plain` as JSON.stringify writes, `spaced` as json.dumps does.
    """
    folder.mkdir(parents=True)
    fresh = _fresh_events(contract, events, random.Random(seed))
    identity = EventIdentity(contract)
    per_file = count // files
    number = 0
    for file_index in range(files):
        rows = per_file if file_index < files - 1 else count - per_file * (files - 1)
        batch: dict[str, list[object]] = {name: [] for name in _SOURCE_SCHEMA.names}
        for _ in range(rows):
            event = next(fresh)
            document = json.dumps(event, ensure_ascii=form == "spaced", separators=SEPARATORS[form])
            batch["data"].append(document.encode())
            batch["streamName"].append("bench")
            batch["partitionKey"].append(identity.partition_key_of(event))
            batch["sequenceNumber"].append(str(_SEQUENCE_NUMBER_START + number))
            batch["approximateArrivalTimestamp"].append(
                _MOMENT + datetime.timedelta(milliseconds=number)
            )
            number += 1
        table = pa.table(batch, schema=_SOURCE_SCHEMA)
        pq.write_table(table, folder / f"part-{file_index:03d}.parquet")


def _fresh_events(
    contract: EventContract, events: Sequence[Event], chance: random.Random
) -> Iterator[Event]:
    identities = [field for field in contract.fields if "identity" in field.uses]
    people = [field for field in contract.fields if "pseudonym" in field.uses]
    moments = [field for field in contract.fields if "event-time" in field.uses]
    number = 0
    while True:
        event = events[number % len(events)]
        for field in identities:
            event = with_value(event, field.path, _fresh_identity(field, chance))
        for field in people:
            event = with_value(event, field.path, f"user-{chance.randrange(_USERS)}")
        for field in moments:
            written = (_MOMENT + datetime.timedelta(milliseconds=number)).replace(tzinfo=None)
            event = with_value(event, field.path, f"{written.isoformat(timespec='milliseconds')}Z")
        yield event
        number += 1


def _fresh_identity(field: EventField, chance: random.Random) -> str:
    if field.type != "string":
        raise ValueError(
            f"The job benchmark needs identities that are strings; {'.'.join(field.path)} is of "
            f"type {field.type}."
        )
    return f"{chance.getrandbits(128):032x}"
