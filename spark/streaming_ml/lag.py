"""How far the job is behind its stream, from the source's own metrics. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Lag:
    """The shard that is furthest behind when a micro-batch is planned.

    Attributes:
        seconds: Time from its planned end to its newest record; 0 if the end is the newest record.
        shard: Id of the shard; None if none is behind.
    """

    seconds: float
    shard: str | None


def lag_of(progress: Mapping[str, Any]) -> Lag | None:
    """Reads the lag from Spark's progress of a trigger.

    Args:
        progress: Spark's progress, parsed from JSON.

    Returns:
        None for a source that does not report it, such as EMR's connector.
    """
    for source in progress.get("sources", []):
        metrics = source.get("metrics") or {}
        if "behindSecondsMax" in metrics:
            return Lag(float(metrics["behindSecondsMax"]), metrics.get("behindShard") or None)
    return None
