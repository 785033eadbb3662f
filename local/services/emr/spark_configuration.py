"""What steps need of an EMR image: Spark's connectors and the address of S3. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

EVENT_LOG_DIRECTORY = "event-log"

# At INFO Spark logs every task, which makes the logs of steps hard to read.
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
    """Returns the settings that an EMR image has and this machine does not.

    A step's own ``--conf`` takes precedence over them.

    Args:
        jars_directory: Spark packages beside Spark's own: the Kinesis source and S3A.
        endpoint_url: Address of S3; None for the one of the region.
        region: Region that requests are signed for; the name 127.0.0.1 has none.
        step_directory: Folder of the step; the event log goes below it.
    """
    classes = f"{jars_directory}/*"
    settings = {
        # In client mode the launcher uses the class path, too, so main files on s3a:// work.
        "spark.driver.extraClassPath": classes,
        "spark.executor.extraClassPath": classes,
        "spark.driver.memory": "1g",
        "spark.ui.enabled": "false",
        # The name of the event log has the application's id, by which a step to kill is found.
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": step_directory.joinpath(EVENT_LOG_DIRECTORY).as_uri(),
        "spark.sql.warehouse.dir": step_directory.joinpath("warehouse").as_uri(),
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "spark.hadoop.fs.s3a.endpoint.region": region,
        "spark.hadoop.fs.s3a.aws.credentials.provider": (
            "com.amazonaws.auth.EnvironmentVariableCredentialsProvider"
        ),
        "spark.hadoop.fs.s3a.path.style.access": "true",
        # A rename is a copy here, and a request takes milliseconds: one rename fewer for each file,
        # and no marker of a parent directory that is deleted after every write.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
        "spark.hadoop.fs.s3a.directory.marker.retention": "keep",
        # A stand-in of one process does not recover; more retries would hide its end for minutes.
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
