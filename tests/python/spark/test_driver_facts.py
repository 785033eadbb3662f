"""The driver's facts in its log, for `npm run ops -- verify`."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any

import pyspark
from pyspark.sql import SparkSession
from streaming_ml.driver_facts import MARKER, driver_facts, log_driver_facts

EXAMPLE = Path(__file__).parents[3] / "contracts" / "driver-facts.json"


class _Logger:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def info(self, line: str) -> None:
        self.lines.append(line)


def test_facts_are_those_of_this_driver_in_the_words_of_the_example(spark: SparkSession) -> None:
    jvm: Any = spark.sparkContext._jvm
    facts = driver_facts(spark)
    assert facts == {
        "host": spark.conf.get("spark.driver.host"),
        "python": platform.python_version(),
        "java": jvm.java.lang.System.getProperty("java.version"),
        "spark": pyspark.__version__,
    }
    assert list(facts) == list(json.loads(EXAMPLE.read_text()))
    assert all(facts.values())


def test_they_are_one_line_after_the_marker(spark: SparkSession) -> None:
    logger = _Logger()
    log_driver_facts(spark, logger)
    (line,) = logger.lines
    assert line.startswith(MARKER)
    assert json.loads(line.removeprefix(MARKER)) == driver_facts(spark)
    assert MARKER == "driver facts: "


def test_they_reach_the_log_of_spark(spark: SparkSession) -> None:
    jvm: Any = spark.sparkContext._jvm
    log4j = jvm.org.apache.logging.log4j
    appender = log4j.core.appender.WriterAppender
    writer = jvm.java.io.StringWriter()
    layout = log4j.core.layout.PatternLayout.createDefaultLayout()
    collected = appender.createAppender(layout, None, writer, "collected", False, True)
    collected.start()
    logger = log4j.LogManager.getLogger("streaming_ml.driver")
    level = logger.getLevel()
    logger.addAppender(collected)
    log4j.core.config.Configurator.setLevel(logger.getName(), log4j.Level.INFO)
    try:
        log_driver_facts(spark)
    finally:
        log4j.core.config.Configurator.setLevel(logger.getName(), level)
        logger.removeAppender(collected)
    assert writer.toString().startswith(MARKER)
