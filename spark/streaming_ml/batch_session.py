"""The session of the jobs that read the lake as a whole: compaction and training set."""

from __future__ import annotations

from pyspark.sql import SparkSession

from streaming_ml.lake_files import LAKE_FILE_SETTINGS

BATCH_SETTINGS = {
    **LAKE_FILE_SETTINGS,
    "spark.sql.session.timeZone": "UTC",
    # A text is what it says, and a number that is none is null, whatever the cluster's default.
    "spark.sql.ansi.enabled": "false",
    # Readers take a folder as complete once a manifest names it.
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    # Partition values are names here, whatever they look like.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # What is kept for several actions has as many parts as it is large, not 200 of a few rows each.
    "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning": "true",
}


def build_batch_session() -> SparkSession:
    """Returns the session, with the settings that what the jobs promise rests on."""
    builder = SparkSession.builder
    for name, value in BATCH_SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
