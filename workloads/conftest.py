"""A Spark session for the tests of every workload's `training_set.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from streaming_ml.spark_settings import BATCH_SETTINGS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Py4J leaves the sockets of collected results to the garbage collector."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session on one core with the settings of the training-set job.

    A process has one Spark context: a session that another test has started is used again.
    """
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    settings = {
        **BATCH_SETTINGS,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.master("local[1]").appName("workloads")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
