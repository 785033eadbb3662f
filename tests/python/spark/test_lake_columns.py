"""The job writes the columns that Athena's tables and the readers of history expect."""

from __future__ import annotations

from pyspark.sql import SparkSession
from streaming_ml.events import prepare_events, with_clock
from streaming_ml.lake_columns import lake_schema
from streaming_ml.secret_key_columns import secret_key_row

from tests.python.spark.conftest import Records, compact
from tests.python.spark.event_contracts import SENTIMENT


def test_the_job_writes_the_columns_of_the_contract(spark: SparkSession, records: Records) -> None:
    batch_row = with_clock(secret_key_row(spark, b"k" * 32, b"q" * 32))
    taken = records(compact()).drop("batch_time")
    rows = prepare_events(taken, batch_row, SENTIMENT, "1", "v-1")
    schema = lake_schema(SENTIMENT)
    written = [(one.name, one.dataType) for one in rows.schema][: len(schema)]
    assert written == [(one.name, one.dataType) for one in schema]
