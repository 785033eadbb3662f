"""The log configuration of jobs on YARN, run with Spark's own Log4j."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

CONFIGURATION = Path(__file__).parents[3] / "spark" / "log4j2.properties"
SETTINGS = Path(__file__).parents[3] / "components" / "job" / "sparkSettings.ts"
DIRECTORY = "spark.yarn.app.container.log.dir"
SIZE = "streaming_ml.log.size"


def write_lines(spark: SparkSession, directory: Path, lines: int, size: str) -> None:
    """Logs as a container with that folder would; the session's own logs stay where they are."""
    jvm: Any = spark._jvm
    jvm.java.lang.System.setProperty(DIRECTORY, str(directory))
    jvm.java.lang.System.setProperty(SIZE, size)
    try:
        log4j = jvm.org.apache.logging.log4j.core
        context = log4j.LoggerContext("rolling")
        configuration = log4j.config.ConfigurationFactory.getInstance().getConfiguration(
            context, "rolling", jvm.java.net.URI(CONFIGURATION.as_uri())
        )
        context.start(configuration)
        logger = context.getLogger("streaming_ml")
        for number in range(lines):
            message = f"line {number:05}"
            logger.info(message)
        context.getLogger("org.apache.spark.scheduler.TaskSetManager").info("a task")
        context.stop()
    finally:
        jvm.java.lang.System.clearProperty(DIRECTORY)
        jvm.java.lang.System.clearProperty(SIZE)


def rolled_pattern() -> str:
    """The pattern YARN is given for files it may upload and delete."""
    match = re.search(r"ROLLED_LOGS = String\.raw`(.*)`;", SETTINGS.read_text())
    assert match is not None
    return match[1]


@pytest.fixture
def files(spark: SparkSession, tmp_path: Path) -> list[Path]:
    write_lines(spark, tmp_path, 200, "1KB")
    return sorted(tmp_path.iterdir())


def test_no_line_is_lost_when_a_log_rolls(files: list[Path]) -> None:
    text = "".join(path.read_text() for path in files)
    assert sorted(re.findall(r"line \d{5}", text)) == [f"line {n:05}" for n in range(200)]
    assert len(files) > 3
    assert "a task" not in text


def test_yarn_takes_rolled_logs_only_never_the_one_being_written(files: list[Path]) -> None:
    pattern = re.compile(rolled_pattern())
    kept = [path.name for path in files if pattern.fullmatch(path.name) is None]
    assert kept == ["spark.log"]


def test_old_logs_are_deleted_before_the_disk_is_full(spark: SparkSession, tmp_path: Path) -> None:
    write_lines(spark, tmp_path, 3000, "1KB")
    rolled = [path for path in tmp_path.iterdir() if path.name != "spark.log"]
    assert len(rolled) == 48
