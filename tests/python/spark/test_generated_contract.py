"""A contract with names of its own: from producers over job, lake and compaction to the audit."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import boto3
import pytest
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.contract import EventField
from streaming_ml.history import Places, read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.storage import FolderStorage

from local.audit.accounting import Account, account
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import DUPLICATE, VALID
from local.audit.sent_records import SentRecord as SentLine
from local.events.crowd import Crowd
from local.events.documents import value_at
from local.streaming_run.sending import SentRecord
from tests.python.spark.conftest import HASH_KEY, QUARANTINE_KEY, Sessions
from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.generated_contract import generated_contract
from tests.python.spark.stream_folder import StreamFolder

CONTRACT = generated_contract("a workload of nobody")
IDENTITIES = LakeIdentities(CONTRACT, HASH_KEY)
COLUMNS = lake_schema(CONTRACT)


class Vault:
    """Secrets Manager with the key that quarantine has in the tests of the query."""

    def get_secret_value(self, **_: str) -> dict[str, str]:
        return {"SecretString": base64.b64encode(QUARANTINE_KEY).decode()}


@pytest.fixture
def run(sessions: Sessions, tmp_path: Path) -> StreamFolder:
    return StreamFolder(sessions(CONTRACT), tmp_path, contract=CONTRACT)


def produce(run: StreamFolder, name: str, numbered: Sequence[tuple[str, SentRecord]]) -> None:
    """Puts records, each with its sequence number, on the stream."""
    run.arrive(
        name,
        {number: record.data for number, record in numbered},
        {number: record.partition_key for number, record in numbered},
    )


def audited(folder: Path, numbered: Sequence[tuple[str, SentRecord]]) -> Account:
    """Accounts for the records as `local/audit` does for a lake on S3."""
    storage = boto3.client("s3")
    storage.create_bucket(Bucket="lake")
    for file in folder.joinpath("events").rglob("*.parquet"):
        key = str(file.relative_to(folder))
        storage.put_object(Bucket="lake", Key=key, Body=file.read_bytes())
    rows = read_lake(storage, "s3a://lake/events", QuarantineKeys(Vault(), "arn"), IDENTITIES)
    sent = [
        SentLine(
            record.partition_key,
            number,
            IDENTITIES.of_sent(record.identity),
            record.expected,
            record.reason_field,
            record.label,
        )
        for number, record in numbered
    ]
    return account(sent, rows)


def stored(field: EventField, value: Any) -> Any:
    """What the lake holds of a value, or of an item of an array, that was sent."""
    if value is None:
        return None
    if "pseudonym" in field.uses:
        return hmac.new(HASH_KEY, str(value).encode(), hashlib.sha256).hexdigest()
    if field.type == "date-time":
        moment = datetime.datetime.fromisoformat(value)
        return moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return value


def values_of(data: bytes) -> list[Any]:
    """The row of an event that was sent, without the job's own columns."""
    event = json.loads(data)
    return [
        [stored(field, item) for item in value]
        if isinstance(value := value_at(event, field.path), list)
        else stored(field, value)
        for field in CONTRACT.fields
    ]


def test_events_of_any_contract_pass_through_everything(
    run: StreamFolder, mocked_aws: None
) -> None:
    names = {name for field in CONTRACT.fields for name in field.path}
    assert not names & {field.name for field in SENTIMENT.fields}

    crowd = Crowd(CONTRACT)
    poison = list(crowd.poisonous("poison", 1))
    records = [*poison, *islice(crowd.mixed("crowd"), 1500), *islice(crowd.valid("last"), 1)]
    numbered = [(str(number), record) for number, record in enumerate(records)]
    # The second micro-batch repeats events of the first; the third lets both be compacted.
    parts = (0, len(records) - 750, len(records) - 1, len(records))
    for name, (begin, end) in enumerate(pairwise(parts)):
        produce(run, str(name), numbered[begin:end])
        run.drain()

    fates = Counter(record.expected for record in records)
    valid, duplicates = fates.pop(VALID), fates.pop(DUPLICATE)
    result = audited(run.folder, numbered)
    assert result == Account(
        sent=len(records), valid=valid, quarantined=fates, duplicates=duplicates
    )
    assert set(fates) == {damage.reason for damage in crowd.damages}
    assert duplicates > 0

    places = Places(str(run.folder / "events"), str(run.folder / "history"))
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact(run.spark, FolderStorage(), places, COLUMNS, options)
    assert counts.rows == valid - 1
    events = read_valid_events(run.spark, FolderStorage(), places, COLUMNS)
    assert events is not None
    assert events.columns == [column.name for column in CONTRACT.columns]
    own = [field.column for field in CONTRACT.fields]
    found = {number: row for number, *row in events.select("sequence_number", *own).collect()}
    assert len(found) == valid
    # Python reads no JSON as odd as that among the poison.
    sent = {number: record.data for number, record in numbered[len(poison) :]}
    plain = found.keys() & sent.keys()
    assert len(plain) > 1000
    for number in plain:
        assert found[number] == values_of(sent[number])
