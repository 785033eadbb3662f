"""Logs the driver's host and versions, in the log that YARN uploads.

`npm run ops -- verify` reads it; contracts/driver-facts.json is an example.
"""

from __future__ import annotations

import json
import platform
from typing import Any

from pyspark.sql import SparkSession

# `npm run ops -- verify` searches the log for it.
MARKER = "driver facts: "


def driver_facts(spark: SparkSession) -> dict[str, str]:
    """Returns the driver's host, and the versions that it runs on."""
    java: Any = spark.sparkContext._jvm
    return {
        "host": spark.conf.get("spark.driver.host") or "",
        "python": platform.python_version(),
        "java": java.java.lang.System.getProperty("java.version"),
        "spark": spark.version,
    }


def log_driver_facts(spark: SparkSession, logger: Any = None) -> None:
    """Logs them with Log4j: Python's log goes to stderr, which YARN uploads only when a job ends.

    Args:
        spark: The driver's session.
        logger: A Log4j logger; tests replace it.
    """
    java: Any = spark.sparkContext._jvm
    log4j = logger or java.org.apache.logging.log4j.LogManager.getLogger("streaming_ml.driver")
    message = MARKER + json.dumps(driver_facts(spark))
    log4j.info(message)
