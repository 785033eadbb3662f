"""Recognises the versions of EMR's connector that lose records when shards split or merge.

From 1.4.3 on, including 2.x, `aws-kinesis` treats a closed shard as read to its end, so its unread
records are never read. 1.4.2 does not. No EMR release documents its version, and the jar's
manifest names none. The code tells the version: `ShardSyncer` has the method `openShards` up to
1.4.2, and `isOpen` instead from 1.4.3 on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

_SHARD_SYNCER = "org.apache.spark.sql.connector.kinesis.ShardSyncer"
_METHOD_OF_SAFE_VERSIONS = "openShards"


def connector_problem(methods: Collection[str]) -> str | None:
    """Returns why a connector must not read the stream, in one sentence; None when it may.

    Args:
        methods: Names of the methods of the connector's `ShardSyncer`.
    """
    if _METHOD_OF_SAFE_VERSIONS in methods:
        return None
    return (
        "The source aws-kinesis of this cluster loses records when shards split or merge: expected "
        "a connector whose ShardSyncer has the method openShards, as 1.4.2 has, received "
        f"{', '.join(sorted(methods)) or 'none'}; set job.source to kinesis-ranges, or add the "
        "jar of connector 1.4.2."
    )


def shard_syncer_methods(class_loader: Any) -> set[str] | None:
    """Returns the names of the methods of the connector's `ShardSyncer`.

    Args:
        class_loader: The class loader that Spark finds its sources with, through py4j.

    Returns:
        None where there is no such connector; Spark reports that when it loads the stream.
    """
    if class_loader.getResource(f"{_SHARD_SYNCER.replace('.', '/')}.class") is None:
        return None
    shard_syncer = class_loader.loadClass(_SHARD_SYNCER)
    return {method.getName() for method in shard_syncer.getDeclaredMethods()}
