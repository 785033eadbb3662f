"""Tells, in the log that YARN uploads, where the driver runs and on what.

`npm run ops -- verify` reads it; contracts/driver-facts.json is an example.
"""

from __future__ import annotations

import json
import platform
from typing import Any

from pyspark.sql import SparkSession

# What verify looks for in the log.
MARKER = "driver facts: "


def driver_facts(spark: SparkSession) -> dict[str, str]:
    """Returns the driver's host, and the versions it runs."""
    java: Any = spark.sparkContext._jvm
    return {
        "host": spark.conf.get("spark.driver.host") or "",
        "python": platform.python_version(),
        "java": java.java.lang.System.getProperty("java.version"),
        "spark": spark.version,
    }


def log_driver_facts(spark: SparkSession, logger: Any = None) -> None:
    """Writes them to Spark's own log: Python's goes to stderr, which is uploaded when a job ends.

    Args:
        spark: The driver's session.
        logger: A logger of Log4j; tests replace it.
    """
    java: Any = spark.sparkContext._jvm
    log4j = logger or java.org.apache.logging.log4j.LogManager.getLogger("streaming_ml.driver")
    log4j.info(MARKER + json.dumps(driver_facts(spark)))
