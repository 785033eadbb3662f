"""The session of the streaming job."""

from __future__ import annotations

from pyspark import SparkConf
from pyspark.sql import SparkSession

from streaming_ml.arguments import CONNECTOR_SOURCE
from streaming_ml.core_dumps import EXECUTOR_OPTIONS, executor_options
from streaming_ml.spark_settings import settings_of

DEFAULT_SETTINGS = {"spark.sql.streaming.minBatchesToRetain": "20"}


def streaming_settings(source: str) -> dict[str, str]:
    """Returns the settings that a job which reads from `source` relies on."""
    connector = ("streamingJobWithConnector",) if source == CONNECTOR_SOURCE else ()
    return settings_of("everyJob", "streamingJob", *connector)


def build_session(application_name: str, source: str) -> SparkSession:
    """Returns the session.

    Settings given to spark-submit override the defaults, and not the settings the job relies on.

    Args:
        application_name: Name where spark-submit was given none.
        source: Spark format of the source, one of `arguments.SOURCES`.
    """
    submitted = SparkConf()
    builder = SparkSession.builder.appName(submitted.get("spark.app.name", application_name))
    for name, value in DEFAULT_SETTINGS.items():
        if not submitted.contains(name):
            builder = builder.config(name, value)
    for name, value in streaming_settings(source).items():
        builder = builder.config(name, value)
    builder = builder.config(
        EXECUTOR_OPTIONS, executor_options(submitted.get(EXECUTOR_OPTIONS, ""))
    )
    return builder.getOrCreate()
