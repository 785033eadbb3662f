"""No record stops the job: all are written, and every reader of the lake can read them."""

from __future__ import annotations

import base64
import datetime
import gzip
import io
import json
from pathlib import Path

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from streaming_ml.compaction import CompactionOptions, compact
from streaming_ml.examples import SPLITS
from streaming_ml.history import read_valid_events
from streaming_ml.lake_columns import lake_schema
from streaming_ml.quarantine_reasons import load_quarantine_reasons
from streaming_ml.training_set_job import TrainingSetArguments, build_training_set

from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys, decrypted
from tests.python.spark.conftest import QUARANTINE_KEY, verdict
from tests.python.spark.event_contracts import REPOSITORY, SENTIMENT
from tests.python.spark.folder_storage import FolderStorage
from tests.python.spark.hostile_lake import ANY, TEXTS, Lake, lake_of_hostile_records
from workloads.sentiment.training_set import build


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return lake_of_hostile_records(spark, tmp_path_factory.mktemp("any"))


def test_every_record_is_in_the_lake_once_with_its_verdict(lake: Lake) -> None:
    reasons = {None, *load_quarantine_reasons()}
    wrong = []
    for number, expected in lake.expected.items():
        rows = [row for _, row in lake.rows.get(number, [])]
        found = [row["reason"] if expected == ANY else verdict(row) for row in rows]
        if len(found) != 1 or (found[0] not in reasons if expected == ANY else found != [expected]):
            wrong.append(f"{lake.names[number]!r}: expected {expected}, found {found}")
    assert wrong == []


def test_valid_records_keep_their_text(lake: Lake) -> None:
    texts = {name: lake.row(name)["text"] for name in TEXTS}
    assert texts == TEXTS


def test_refused_records_can_be_decrypted(lake: Lake) -> None:
    for number, found in lake.rows.items():
        for _, row in found:
            if row["reason"] is not None:
                sent, key = lake.sent[number], lake.partition_keys[number]
                assert (row["raw"] is None) == (sent is None)
                assert sent is None or decrypted(QUARANTINE_KEY, row["raw"]) == sent
                partition_key = base64.b64decode(row["partition_key"], validate=True)
                assert decrypted(QUARANTINE_KEY, partition_key).decode() == key


def test_the_lake_can_be_audited(lake: Lake, mocked_aws: None) -> None:
    secrets, storage = boto3.client("secretsmanager"), boto3.client("s3")
    key = base64.b64encode(QUARANTINE_KEY).decode()
    arn = secrets.create_secret(Name="q", SecretString=key, ClientRequestToken="v" * 32)["ARN"]
    storage.create_bucket(Bucket="lake")
    for file in lake.stream.folder.joinpath("events").rglob("*.parquet"):
        # The job names the version of the key; the one of the tests is shorter than AWS allows.
        table = pq.read_table(file, partitioning=None)
        versions = pa.array(["v" * 32] * len(table))
        column = table.column_names.index("key_version")
        body = io.BytesIO()
        pq.write_table(table.set_column(column, "key_version", versions), body)
        storage.put_object(
            Bucket="lake", Key=str(file.relative_to(lake.stream.folder)), Body=body.getvalue()
        )
    keys = QuarantineKeys(secrets, arn)
    rows = list(read_lake(storage, "s3a://lake/events", keys, LakeIdentities(SENTIMENT)))
    partition_keys = {
        row.sequence_number: row.partition_key for row in rows if row.status == "quarantined"
    }
    assert partition_keys == {number: lake.partition_keys[number] for number in partition_keys}
    found = [row.identity for row in rows if row.status == "valid"]
    assert sorted(str(identity and identity[0]) for identity in found) == lake.valid_ids


def test_the_lake_is_compacted(spark: SparkSession, lake: Lake) -> None:
    now = datetime.datetime.now(datetime.UTC)
    options = CompactionOptions(now=now, keep_days=1, include_open_hours=True)
    counts = compact(spark, FolderStorage(), lake.location, lake_schema(SENTIMENT), options)
    assert counts.rows == len(lake.valid_ids) - 1
    found = read_valid_events(spark, FolderStorage(), lake.location, lake_schema(SENTIMENT))
    assert found is not None
    assert sorted(row["event_id"] for row in found.collect()) == lake.valid_ids


def test_the_lake_is_trained_on(spark: SparkSession, lake: Lake, tmp_path: Path) -> None:
    location = lake.location
    output = tmp_path / "set"
    contract = str(REPOSITORY / ".local" / "contracts" / "sentiment.json")
    arguments = TrainingSetArguments(
        contract, location.events_uri, location.history_uri, "us-east-1", str(output), "any"
    )
    manifest = build_training_set(spark, FolderStorage(), arguments, build)
    texts: set[str] = set()
    for split in SPLITS:
        files = output.joinpath(split).glob("*.json.gz")
        found = [json.loads(line) for file in files for line in gzip.open(file, "rt")]
        assert len(found) == manifest["splits"][split]["rows"]
        texts.update(row["text"] for row in found)
    assert {TEXTS[name] for name in ("nothing but NUL", "nothing but a separator")} <= texts
    assert TEXTS["more than two lines"] in texts
