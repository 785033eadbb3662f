"""The three jobs that are compared, each as a streaming query over the same files of records."""

from __future__ import annotations

from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming.query import StreamingQuery
from streaming_ml.contract import EventContract
from streaming_ml.deduplication import drop_duplicates
from streaming_ml.events import prepare_events, records_of_stream, with_clock
from streaming_ml.lake import batch_name, write_batch
from streaming_ml.observation import observe_rows, observe_unknown_fields
from streaming_ml.quarantine_reasons import load_quarantine_reasons
from streaming_ml.secret_key_columns import secret_key_row

_DEDUPLICATION_MINUTES = 60

# A first version keeps a time as the text that was sent.
_SPARK_TYPES = {
    "string": "string",
    "date-time": "string",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
}


class Variants:
    """Starts the jobs.

    Args:
        spark: With the settings of the streaming job.
        records: Folder of the records.
        files_per_batch: How many of its files make a micro-batch.
        contract: What an event is; the session has been told.
    """

    def __init__(
        self, spark: SparkSession, records: Path, files_per_batch: int, contract: EventContract
    ) -> None:
        self._spark = spark
        self._contract = contract
        self._records = records
        self._files_per_batch = files_per_batch
        self._schema = spark.read.parquet(str(records)).schema
        key = b"a key of the benchmark, 32 bytes"
        self._keys = secret_key_row(spark, hash_key=key, quarantine_key=key)

    def naive(self, folder: Path) -> StreamingQuery:
        """Parse, drop rows without an identity, write: what a first version looks like."""
        fields = self._contract.fields
        schema = ", ".join(f"{field.name} {_SPARK_TYPES[field.type]}" for field in fields)
        parsed = F.from_json(F.col("data").cast("string"), schema)
        rows = self._source().select(parsed.alias("event")).select("event.*")
        return (
            rows.where(F.col(self._contract.identity[0]).isNotNull())
            .writeStream.format("parquet")
            .option("path", str(folder / "events"))
            .option("checkpointLocation", str(folder / "checkpoint"))
            .trigger(availableNow=True)
            .start()
        )

    def ours(self, folder: Path) -> StreamingQuery:
        """The streaming job without its de-duplication."""
        return self._job(drop_duplicates(self._prepared(), 0), folder)

    def ours_deduplicated(self, folder: Path) -> StreamingQuery:
        """The streaming job."""
        return self._job(drop_duplicates(self._prepared(), _DEDUPLICATION_MINUTES), folder)

    def _source(self) -> DataFrame:
        reader = self._spark.readStream.schema(self._schema)
        return reader.option("maxFilesPerTrigger", self._files_per_batch).parquet(
            str(self._records)
        )

    def _prepared(self) -> DataFrame:
        records = records_of_stream(self._source())
        clock = with_clock(self._keys)
        return observe_unknown_fields(prepare_events(records, clock, self._contract, "1", "1"))

    def _job(self, events: DataFrame, folder: Path) -> StreamingQuery:
        uri = str(folder / "events")

        def write(batch: DataFrame, batch_id: int) -> None:
            write_batch(batch, self._contract, uri, batch_name("bench", batch_id))

        return (
            observe_rows(events, load_quarantine_reasons())
            .writeStream.foreachBatch(write)
            .option("checkpointLocation", str(folder / "checkpoint"))
            .trigger(availableNow=True)
            .start()
        )
