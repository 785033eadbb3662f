"""The part of an EMR image that a step relies on: Spark's connectors and where S3 is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

EVENT_LOG_DIRECTORY = "event-log"

# Spark's own log at INFO names every task; the steps' logs are read by people.
LOG4J = """\
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{yyyy-MM-dd HH:mm:ss} %p %c{1}: %m%n%ex
logger.native.name = org.apache.hadoop.util.NativeCodeLoader
logger.native.level = error
logger.s3a.name = org.apache.hadoop.metrics2.impl.MetricsConfig
logger.s3a.level = error
"""


def spark_defaults(
    jars_directory: Path, endpoint_url: str | None, region: str, step_directory: Path
) -> dict[str, str]:
    """Returns the settings that an EMR image carries and this machine does not.

    A step's own ``--conf`` wins over each of them.

    Args:
        jars_directory: Spark packages beside Spark's own: the Kinesis source and S3A.
        endpoint_url: Where S3 is; None leaves it to the region.
        region: Region requests are signed for; the name 127.0.0.1 holds none.
        step_directory: Folder of the step; the event log goes below it.
    """
    classes = f"{jars_directory}/*"
    settings = {
        # In client mode the launcher reads the class path too, so main files on s3a:// work.
        "spark.driver.extraClassPath": classes,
        "spark.executor.extraClassPath": classes,
        "spark.driver.memory": "1g",
        "spark.ui.enabled": "false",
        # The event log carries the application's id in its name: how a step is found to be killed.
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": step_directory.joinpath(EVENT_LOG_DIRECTORY).as_uri(),
        "spark.sql.warehouse.dir": step_directory.joinpath("warehouse").as_uri(),
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "spark.hadoop.fs.s3a.endpoint.region": region,
        "spark.hadoop.fs.s3a.aws.credentials.provider": (
            "com.amazonaws.auth.EnvironmentVariableCredentialsProvider"
        ),
        "spark.hadoop.fs.s3a.path.style.access": "true",
        # Each rename is a copy here, each request a few milliseconds: one rename fewer per file,
        # and no marker of a parent directory deleted after every write.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
        "spark.hadoop.fs.s3a.directory.marker.retention": "keep",
        # An emulator of one process gains nothing from retries that hide its end for minutes.
        "spark.hadoop.fs.s3a.attempts.maximum": "5",
        "spark.hadoop.fs.s3a.retry.limit": "5",
    }
    if endpoint_url is not None:
        settings["spark.hadoop.fs.s3a.endpoint"] = endpoint_url
        secure = "true" if endpoint_url.startswith("https:") else "false"
        settings["spark.hadoop.fs.s3a.connection.ssl.enabled"] = secure
    return settings


def write_configuration(directory: Path, settings: Mapping[str, str]) -> None:
    """Writes a SPARK_CONF_DIR."""
    directory.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {value}\n" for name, value in sorted(settings.items())]
    directory.joinpath("spark-defaults.conf").write_text("".join(lines))
    directory.joinpath("log4j2.properties").write_text(LOG4J)
