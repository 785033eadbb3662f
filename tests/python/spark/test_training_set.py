"""The training-set job: whatever `build` makes of the events is checked and written once."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from streaming_ml.batch_session import fit_shuffles
from streaming_ml.examples import SPLITS
from streaming_ml.training_set import Build, TrainingSetError
from streaming_ml.training_set_job import (
    TrainingSetArguments,
    build_training_set,
    load_build,
    parse_training_set_arguments,
)

from tests.python.spark.event_contracts import compiled

CONTRACT = compiled(
    "rides",
    {
        "ride": {"type": "integer", "x-use": "identity"},
        "meters": {"type": "number"},
        "stops": {"type": "array", "maxItems": 3, "items": {"type": "string"}},
        "liked": {"type": ["boolean", "null"], "x-use": "label"},
    },
    "ride",
    "meters",
    "stops",
)
FIRST = datetime.datetime(2026, 11, 24, 7, 0, 0, 250_000, datetime.UTC)
_ARROW = {
    "bigint": pa.int64(),
    "binary": pa.binary(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "string": pa.string(),
    "timestamp": pa.timestamp("us", "UTC"),
    "array<string>": pa.list_(pa.string()),
}


@pytest.fixture
def arguments(tmp_path: Path) -> TrainingSetArguments:
    """Arguments for a lake of 60 rides, of which every third nobody liked or disliked."""
    file = tmp_path / "contract.json"
    file.write_text(CONTRACT.text)
    rows = [
        {
            "ride": number,
            "meters": number / 2,
            "stops": ["a", "b"][: number % 3],
            "liked": (True, False, None)[number % 3],
            "arrival_time": FIRST + datetime.timedelta(seconds=number),
            "sequence_number": str(number),
        }
        for number in range(60)
    ]
    schema = pa.schema([(one.name, _ARROW[one.type]) for one in CONTRACT.columns])
    for status, part in (("valid", rows), ("quarantined", [{"ride": 99}])):
        folder = tmp_path / f"events/status={status}/dt=2026-11-24/hour=07/batch=1-000000000001"
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(part, schema=schema), folder / "part-0.parquet")
    return TrainingSetArguments(
        contract_uri=str(file),
        events_uri=str(tmp_path / "events"),
        history_uri=str(tmp_path / "history"),
        region="us-east-1",
        output_uri=str(tmp_path / "set"),
        training_set_id="exec-1",
    )


def split_by_number(ride: int) -> str:
    return SPLITS[min(ride % 5, 2)]


def build(events: DataFrame) -> DataFrame:
    """Three of five rides test, one trains, one validates."""
    split = F.element_at(
        F.array(*map(F.lit, SPLITS)), (F.least(F.col("ride") % 5, F.lit(2)) + 1).cast("int")
    )
    return events.where("liked is not null").select(
        "stops",
        F.format_string("ride-%03d", "ride").alias("example_id"),
        split.alias("split"),
        "liked",
        F.col("meters").cast("float"),
        F.col("ride").cast("int").alias("number"),
    )


def test_writes_the_splits_and_then_the_manifest(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    manifest = build_training_set(spark, arguments, build)

    rides = [number for number in range(60) if number % 3 < 2]
    output = Path(arguments.output_uri)
    for split in SPLITS:
        (file,) = output.joinpath(split).glob("*.json.gz")
        found = [json.loads(line) for line in gzip.open(file, "rt")]
        assert found == [
            {
                "example_id": f"ride-{number:03d}",
                "stops": ["a", "b"][: number % 3],
                "liked": number % 3 == 0,
                "meters": number / 2,
                "number": number,
            }
            for number in rides
            if split_by_number(number) == split
        ]
    written = json.loads(output.joinpath("manifest.json").read_text())
    assert written == manifest
    assert written.pop("createdAt").endswith("Z")
    assert written == {
        "trainingSetId": "exec-1",
        "workload": "rides",
        "contract": hashlib.sha256(CONTRACT.text.encode()).hexdigest(),
        "eventsUri": arguments.events_uri,
        "timeRange": {"from": "2026-11-24T07:00:00.250Z", "to": "2026-11-24T07:00:59.250Z"},
        "columns": [
            {"name": "stops", "type": "string", "array": True},
            {"name": "liked", "type": "boolean", "array": False},
            {"name": "meters", "type": "number", "array": False},
            {"name": "number", "type": "integer", "array": False},
        ],
        "splits": {
            "train": {"rows": 8, "byLabel": {"false": 4, "true": 4}},
            "validation": {"rows": 8, "byLabel": {"false": 4, "true": 4}},
            "test": {"rows": 24, "byLabel": {"false": 12, "true": 12}},
        },
    }


def test_without_a_column_of_the_label_there_is_nothing_to_count_by(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    manifest = build_training_set(spark, arguments, lambda events: build(events).drop("liked"))
    assert manifest["splits"] == {
        "train": {"rows": 8},
        "validation": {"rows": 8},
        "test": {"rows": 24},
    }


def test_a_training_set_never_changes(spark: SparkSession, arguments: TrainingSetArguments) -> None:
    build_training_set(spark, arguments, build)
    with pytest.raises(TrainingSetError, match="manifest.json exists, and a training set never"):
        build_training_set(spark, arguments, build)


def test_what_a_crash_left_behind_is_replaced(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    left = Path(arguments.output_uri) / "train"
    left.mkdir(parents=True)
    left.joinpath("part-9.json.gz").write_bytes(gzip.compress(b"{}\n"))
    build_training_set(spark, arguments, build)
    assert not left.joinpath("part-9.json.gz").exists()


def refusal(spark: SparkSession, arguments: TrainingSetArguments, other: Any) -> str:
    """The message for what another `build` returns; nothing may be written."""
    with pytest.raises(TrainingSetError) as caught:
        build_training_set(spark, arguments, other)
    assert not Path(arguments.output_uri).exists()
    return str(caught.value)


def test_names_everything_that_is_wrong_at_once(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    def wrong(events: DataFrame) -> DataFrame:
        return build(events).select(
            F.when(F.col("number") < 6, "ride-001")
            .otherwise(F.col("example_id"))
            .alias("example_id"),
            F.when(F.col("split") == "test", "dev")
            .when(F.col("number") == 0, None)
            .otherwise(F.col("split"))
            .alias("split"),
            F.when(F.col("number") != 3, F.col("liked")).alias("liked"),
            F.expr("transform(stops, one -> nullif(one, 'a'))").alias("stops"),
            F.when(F.col("number") < 4, F.expr("double('Infinity')"))
            .otherwise(F.col("meters"))
            .alias("meters"),
            F.current_timestamp().alias("moment"),
            F.col("number").alias("Twice"),
            F.col("number").alias("twice"),
        )

    assert refusal(spark, arguments, wrong) == (
        "What `build` in workloads/rides/training_set.py returned is no training set, for 10 "
        'problems: the column "moment" must be a string, an integer, a number, a boolean or an '
        "array of one of them, received timestamp: cast it; "
        'the column "Twice" stands there twice; the column "twice" stands there twice; '
        'the column "split" is null in 1 row, and a model knows no null: fill it in, or leave the '
        "rows out; "
        'the column "liked" is null in 1 row, and a model knows no null: fill it in, or leave the '
        "rows out; "
        'the column "stops" has null items in 20 rows, and a model knows no null: leave the items '
        "out; "
        'the column "meters" is no finite number in 3 rows: leave the rows out; '
        '"example_id" must be unique, and 3 rows repeat the one of another: keep the latest row of '
        "each; "
        '"split" must be one of train, validation, test, and 24 rows have another value, such as '
        '"dev"; '
        "it has 40 rows, and none for test: send more events that become examples, or split "
        "otherwise. Nothing was written."
    )


def test_names_the_columns_that_are_missing(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    message = refusal(spark, arguments, lambda events: events.select(F.col("ride").alias("split")))
    assert message == (
        "What `build` in workloads/rides/training_set.py returned is no training set, for 3 "
        'problems: a column "example_id" is missing: expected a string that tells one example from '
        'every other; the column "split" must be a string, received bigint; there is no column '
        "beside them that a model could learn from. Nothing was written."
    )


def test_says_when_too_little_is_left(spark: SparkSession, arguments: TrainingSetArguments) -> None:
    message = refusal(spark, arguments, lambda events: build(events).where("number = 0"))
    assert message.endswith(
        "for 1 problem: it has 1 row, and none for validation or test: send more events that "
        "become examples, or split otherwise. Nothing was written."
    )


def test_says_when_there_are_no_rows_at_all(
    spark: SparkSession, arguments: TrainingSetArguments
) -> None:
    assert refusal(spark, arguments, lambda events: None) == (
        "`build` in workloads/rides/training_set.py must return a DataFrame of pyspark.sql, "
        "received NoneType."
    )


def test_says_when_there_are_no_events(
    spark: SparkSession, arguments: TrainingSetArguments, tmp_path: Path
) -> None:
    nowhere = TrainingSetArguments(**{**vars(arguments), "events_uri": str(tmp_path / "nowhere")})
    assert refusal(spark, nowhere, build) == (
        f"There are no events at {tmp_path}/nowhere. Is the streaming job running?"
    )


def test_shuffles_have_as_many_parts_as_the_files_are_large(spark: SparkSession) -> None:
    session = spark.newSession()
    rows = session.range(3).selectExpr("*", "'x' text")
    assert fit_shuffles(session, rows) == 1
    assert session.conf.get("spark.sql.shuffle.partitions") == "1"
    # Eight bytes each, as Spark reckons them.
    assert fit_shuffles(session, session.range(40 * 1024 * 1024)) == 10
    assert session.conf.get("spark.sql.shuffle.partitions") == "10"


def own_module(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> Build:
    """Loads a `training_set.py` with these lines, or none, as the job does."""
    if lines:
        folder.joinpath("training_set.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "training_set", raising=False)
    try:
        return load_build()
    finally:
        monkeypatch.delitem(sys.modules, "training_set", raising=False)


def test_takes_build_from_the_file_that_came_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own: Any = own_module(monkeypatch, tmp_path, "def build(events):", "    return [events]")
    assert own(7) == [7]


def test_says_what_the_file_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(TrainingSetError, match="There is no training_set.py of a workload beside"):
        own_module(monkeypatch, tmp_path)
    with pytest.raises(
        TrainingSetError, match=r"training_set.py has no function `build`: expected"
    ):
        own_module(monkeypatch, tmp_path, "built = 1")
    with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere_at_all'"):
        own_module(monkeypatch, tmp_path, "import nowhere_at_all")


def test_parses_its_arguments() -> None:
    parsed = parse_training_set_arguments(
        [
            "--contract",
            "s3a://a/contract.json",
            "--events-uri",
            "s3a://l/events/",
            "--history-uri",
            "s3a://l/history/",
            "--region",
            "eu-west-1",
            "--output-uri",
            "s3a://l/sets/1",
            "--training-set-id",
            "1",
        ]
    )
    assert parsed == TrainingSetArguments(
        contract_uri="s3a://a/contract.json",
        events_uri="s3a://l/events",
        history_uri="s3a://l/history",
        region="eu-west-1",
        output_uri="s3a://l/sets/1",
        training_set_id="1",
    )
