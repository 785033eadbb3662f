"""Lets Py4J find the classes that each micro-batch uses without asking Java again."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession

# By these names PySpark builds columns, and reads what a query has observed.
_NAMES = ("PythonSQLUtils", "functions")


def remember_classes(spark: SparkSession) -> None:
    """Keeps the classes where PySpark looks for them first.

    For each use of such a name Java would look in every jar of its class path, hundreds of them,
    for a class in each of the packages that the name may stand for.
    """
    java: Any = spark.sparkContext._jvm
    for name in _NAMES:
        setattr(java, name, getattr(java, name))
