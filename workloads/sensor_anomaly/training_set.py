"""Selects the readings that become examples: all of them, labelled or not."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from streaming_ml.examples import example_id, latest, split_of

READINGS = tuple(f"f{number}" for number in range(1, 10))


def build(events: DataFrame) -> DataFrame:
    """Returns one example per reading.

    Args:
        events: The lake's valid events, all columns.

    Returns:
        example_id, split, the nine numbers, `labelled` (whether the reading has a label) and
        `anomalous` (its last label; false without one). Readings with the same nine numbers are in
        the same split.
    """
    readings = events.select(
        "reading_id",
        *READINGS,
        "anomalous",
        F.col("anomalous").isNotNull().alias("labelled"),
        "arrival_time",
        "sequence_number",
    )
    # A label counts even if the reading is sent again after it without one.
    of_reading = Window.partitionBy("reading_id")
    said = readings.withColumn("ever_labelled", F.max("labelled").over(of_reading))
    return latest(said.where("labelled = ever_labelled"), "reading_id").select(
        example_id("reading_id"),
        split_of(*READINGS),
        *READINGS,
        "labelled",
        F.coalesce("anomalous", F.lit(False)).alias("anomalous"),
    )
