"""Which versions of EMR's connector may read a stream that reshards."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from streaming_ml.connector_check import connector_problem, shard_syncer_methods

# Public methods of ShardSyncer, from the connector's tag v1.4.2 and its branches 1.4.3 and 2.0.0.
COMMON = {"AddShardInfoForAncestors", "getParentShardIds", "hasNewShards", "getLatestShardInfo"}
SAFE = COMMON | {"openShards", "closedShards"}
LOSING = COMMON | {"isOpen"}


def test_accepts_the_version_that_reads_closed_shards_to_their_end() -> None:
    assert connector_problem(SAFE) is None


@pytest.mark.parametrize("methods", [LOSING, COMMON, set()])
def test_refuses_other_and_unknown_versions(methods: set[str]) -> None:
    problem = connector_problem(methods)
    assert problem is not None
    assert problem.startswith("The source aws-kinesis of this cluster loses records")
    assert f"received {', '.join(sorted(methods)) or 'none'};" in problem
    assert problem.endswith("set job.source to kinesis-ranges, or add the jar of connector 1.4.2.")


@pytest.mark.parametrize("methods", [SAFE, LOSING])
def test_reads_the_methods_of_a_compiled_connector(
    methods: set[str], spark: SparkSession, tmp_path: Path
) -> None:
    assert shard_syncer_methods(class_loader(spark, connector(tmp_path, methods))) == methods


def test_leaves_a_missing_connector_to_spark(spark: SparkSession, tmp_path: Path) -> None:
    assert shard_syncer_methods(class_loader(spark, tmp_path)) is None


def connector(folder: Path, methods: set[str]) -> Path:
    """Compiles a class with the connector's name and `methods`; returns the class path."""
    source = folder / "ShardSyncer.java"
    bodies = "".join(f"public static void {name}() {{}}\n" for name in sorted(methods))
    source.write_text(
        "package org.apache.spark.sql.connector.kinesis;\n"
        f"public final class ShardSyncer {{\n{bodies}}}\n"
    )
    classes = folder / "classes"
    subprocess.run(["javac", "-d", str(classes), str(source)], check=True)
    return classes


def class_loader(spark: SparkSession, class_path: Path) -> Any:
    """A class loader of the session's virtual machine that finds classes below a folder."""
    context = spark.sparkContext
    java: Any = context._jvm
    assert context._gateway is not None
    urls = context._gateway.new_array(java.java.net.URL, 1)
    # A folder is one for a class loader only with a slash at the end.
    urls[0] = java.java.net.URL(f"{class_path.as_uri()}/")
    return java.java.net.URLClassLoader(urls, None)
