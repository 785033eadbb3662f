"""Freshness: the time from the arrival of a record on the stream until its row can be read."""

from __future__ import annotations

import datetime
import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from local.audit.lake_rows import LakeRow


def read_commit_times(paths: Iterable[Path]) -> dict[int, datetime.datetime]:
    """Returns when each micro-batch was committed; of a replayed one, the last time."""
    times: dict[int, datetime.datetime] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            batch = json.loads(line)
            moment = datetime.datetime.fromisoformat(batch["committedAt"].replace("Z", "+00:00"))
            known = times.get(batch["batchId"])
            times[batch["batchId"]] = moment if known is None else max(known, moment)
    return times


def freshness_of(rows: Iterable[LakeRow], commits: Mapping[int, datetime.datetime]) -> list[float]:
    """Returns the freshness of every row in seconds; rows of unknown batches are left out."""
    seconds = []
    for row in rows:
        committed = commits.get(int(row.batch.rpartition("-")[2]))
        if committed is not None:
            seconds.append((committed - row.arrival_time).total_seconds())
    return seconds


def percentiles(seconds: Sequence[float]) -> dict[str, float] | None:
    """Returns p50 and p95; None if there are too few values."""
    if len(seconds) < 2:
        return None
    hundredths = statistics.quantiles(seconds, n=100, method="inclusive")
    return {"p50": round(hundredths[49], 3), "p95": round(hundredths[94], 3)}
