"""A contract with names of its own: from producers over job, lake and audit to the training set."""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import boto3
import pytest
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.contract import EventField
from streaming_ml.examples import SPLITS
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.lake_layout import LakeLocation
from streaming_ml.training_set import Build
from streaming_ml.training_set_job import TrainingSetArguments, build_training_set, load_build

from local.audit.accounting import Account, account
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import DUPLICATE, VALID
from local.audit.sent_records import SentRecord as SentLine
from local.events.crowd import Crowd
from local.events.documents import value_at
from local.events.sent_record import SentRecord
from tests.python.spark.conftest import HASH_KEY, QUARANTINE_KEY, Sessions
from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.generated_contract import generated_contract
from tests.python.spark.producer import produced
from tests.python.spark.stream_folder import StreamFolder

CONTRACT = generated_contract("an invented workload")
IDENTITIES = LakeIdentities(CONTRACT, HASH_KEY)
COLUMNS = lake_schema(CONTRACT)
(LABEL,) = (field for field in CONTRACT.fields if "label" in field.uses)
FEATURE = next(
    field
    for field in CONTRACT.fields
    if field.required and field.type == "integer" and not field.uses and len(field.path) == 1
)
IDENTITY = [field.column for field in CONTRACT.identity_fields]
TRAINING_SET = f"""
from streaming_ml.examples import example_id, latest, split_of


def build(events):
    rows = events.where("{LABEL.column} is not null").select(
        *{IDENTITY}, "{LABEL.column}", "{FEATURE.column}", "arrival_time", "sequence_number"
    )
    return latest(rows, *{IDENTITY}).select(
        example_id(*{IDENTITY}), split_of(*{IDENTITY}), "{LABEL.column}", "{FEATURE.column}"
    )
"""


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
    """Returns the lake's value of a sent value or array item."""
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


def generated_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """A workload's own file, loaded as the job loads the one shipped with it."""
    folder.joinpath("training_set.py").write_text(TRAINING_SET)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "training_set", raising=False)
    return load_build()


def training_set_arguments(folder: Path, location: LakeLocation) -> TrainingSetArguments:
    """Arguments for the lake of a run."""
    contract = folder / "contract.json"
    contract.write_text(CONTRACT.text)
    return TrainingSetArguments(
        contract_uri=str(contract),
        events_uri=location.events_uri,
        history_uri=location.history_uri,
        region="us-east-1",
        output_uri=str(folder / "set"),
        training_set_id="any",
    )


def read_examples(output: Path) -> dict[str, tuple[str, Any, Any]]:
    """Split, label and feature of each example, by its id."""
    examples = {}
    for split in SPLITS:
        for file in output.joinpath(split).glob("*.json.gz"):
            for row in map(json.loads, gzip.open(file, "rt")):
                values = (split, row[LABEL.column], row[FEATURE.column])
                examples[row["example_id"]] = values
    return examples


def expected_examples(
    numbered: Sequence[tuple[str, SentRecord]],
) -> dict[str, tuple[str, Any, Any]]:
    """The same of what was sent: the last label of each identity that has one."""
    examples = {}
    for _, record in numbered:
        if record.expected != VALID or record.label is None:
            continue
        event = json.loads(record.data)
        parts = [
            str(stored(field, value_at(event, field.path))) for field in CONTRACT.identity_fields
        ]
        name = "".join(f"{len(part)}:{part}" for part in parts)
        bucket = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 10
        split = {8: "validation", 9: "test"}.get(bucket, "train")
        examples[name] = (split, record.label, value_at(event, FEATURE.path))
    return examples


def test_events_of_any_contract_pass_through_everything(
    run: StreamFolder, mocked_aws: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {name for field in CONTRACT.fields for name in field.path}
    assert not names & {field.name for field in SENTIMENT.fields}

    crowd = Crowd(CONTRACT)
    hostile = list(crowd.poisonous("poison", 1))
    plain = [*islice(crowd.mixed("crowd"), 1500), *islice(crowd.valid("last"), 1)]
    records = [*hostile, *produced(CONTRACT, plain)]
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

    location = LakeLocation(str(run.folder / "events"), str(run.folder / "history"))
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact(run.spark, FolderStorage(), location, COLUMNS, options)
    assert counts.rows == valid - 1
    events = read_valid_events(run.spark, FolderStorage(), location, COLUMNS)
    assert events is not None
    assert events.columns == [column.name for column in CONTRACT.columns]
    own = [field.column for field in CONTRACT.fields]
    found = {number: row for number, *row in events.select("sequence_number", *own).collect()}
    assert len(found) == valid
    # Python's JSON parser cannot read all of the crowd's hostile records.
    sent = {number: record.data for number, record in numbered[len(hostile) :]}
    compared = found.keys() & sent.keys()
    assert len(compared) > 1000
    for number in compared:
        assert found[number] == values_of(sent[number])

    manifest = build_training_set(
        run.spark,
        FolderStorage(),
        training_set_arguments(run.folder, location),
        generated_build(tmp_path, monkeypatch),
    )
    examples = read_examples(run.folder / "set")
    assert examples == expected_examples(numbered)
    assert sum(split["rows"] for split in manifest["splits"].values()) == len(examples)
    assert manifest["workload"] == CONTRACT.workload
    assert [column["name"] for column in manifest["columns"]] == [LABEL.column, FEATURE.column]
