"""A lake of rides, and what their `build` makes of it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from streaming_ml.examples import SPLITS
from streaming_ml.training_set import Build
from streaming_ml.training_set_job import TrainingSetArguments, build_training_set

from tests.python.spark.event_contracts import compiled
from tests.python.spark.folder_storage import FolderStorage

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


def lake_of_rides(folder: Path) -> TrainingSetArguments:
    """Arguments for a lake of 60 rides, of which every third has no label."""
    file = folder / "contract.json"
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
        batch = folder / f"events/status={status}/dt=2026-11-24/hour=07/batch=1-000000000001"
        batch.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(part, schema=schema), batch / "part-0.parquet")
    return TrainingSetArguments(
        contract_uri=str(file),
        events_uri=str(folder / "events"),
        history_uri=str(folder / "history"),
        region="us-east-1",
        output_uri=str(folder / "set"),
        training_set_id="exec-1",
    )


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


def build_rides(
    spark: SparkSession, arguments: TrainingSetArguments, with_build: Build = build
) -> dict[str, Any]:
    """Builds the training set of such a lake."""
    return build_training_set(spark, FolderStorage(), arguments, with_build)
