"""Settings that the job's guarantees rest on. They are set here, not in the submit arguments,
so that no deployment can forget one."""

from __future__ import annotations

from pyspark import SparkConf
from pyspark.sql import SparkSession

from streaming_ml.arguments import CONNECTOR_SOURCE
from streaming_ml.core_dumps import EXECUTOR_OPTIONS, executor_options
from streaming_ml.lake_files import LAKE_FILE_SETTINGS
from streaming_ml.reading import FUNCTIONS_CLASS, FUNCTIONS_SETTING

# Made for the one question of the de-duplication; its class is in the jar of the job.
STATE_STORE_CLASS = "streamingml.state.ExpiringKeyStateStoreProvider"

REQUIRED_SETTINGS = {
    FUNCTIONS_SETTING: FUNCTIONS_CLASS,
    # A second copy of a task would double the reads of its shards, whose number Kinesis limits,
    # and two executors would write one state file.
    "spark.speculation": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
    **LAKE_FILE_SETTINGS,
    "spark.sql.streaming.stateStore.providerClass": STATE_STORE_CLASS,
    "spark.sql.streaming.noDataMicroBatches.enabled": "false",
    # No marker file at the root of the lake: a partition is complete once it is visible.
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    # Several files open at once instead of a sort of every micro-batch by partition.
    "spark.sql.maxConcurrentOutputFileWriters": "16",
}

# EMR's connector may read further when it reads a stage again, and finished reducers would miss
# those rows. So a stage that fails ends the query, which restarts from recorded positions.
CONNECTOR_SETTINGS = {"spark.stage.maxConsecutiveAttempts": "1"}

DEFAULT_SETTINGS = {
    # Frozen into the checkpoint by the first start. Each partition is a state store and a file.
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.streaming.minBatchesToRetain": "20",
}


def required_settings(source: str) -> dict[str, str]:
    """Returns the settings of a job that reads from `source`; no deployment may change them."""
    return {**REQUIRED_SETTINGS, **(CONNECTOR_SETTINGS if source == CONNECTOR_SOURCE else {})}


def build_session(application_name: str, source: str) -> SparkSession:
    """Returns the session; defaults give way to what spark-submit was told, the rest does not.

    Args:
        application_name: Name where spark-submit was told none.
        source: Spark format of the source, one of `arguments.SOURCES`.
    """
    submitted = SparkConf()
    builder = SparkSession.builder.appName(submitted.get("spark.app.name", application_name))
    for name, value in DEFAULT_SETTINGS.items():
        if not submitted.contains(name):
            builder = builder.config(name, value)
    for name, value in required_settings(source).items():
        builder = builder.config(name, value)
    builder = builder.config(
        EXECUTOR_OPTIONS, executor_options(submitted.get(EXECUTOR_OPTIONS, ""))
    )
    return builder.getOrCreate()
