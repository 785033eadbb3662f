"""Settings of Spark that the jobs rely on, from `contracts/spark-settings.json`.

The jobs set them themselves when they build their session, so no deployment can forget one. The
program refuses a stack that sets one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streaming_ml.shared_contract import load_shared_contract

_GROUPS: Mapping[str, Mapping[str, Any]] = load_shared_contract("spark-settings.json")


def settings_of(*groups: str) -> dict[str, str]:
    """Returns the settings of some groups of the file."""
    return {name: about["value"] for group in groups for name, about in _GROUPS[group].items()}


# Of the jobs that read the lake as a whole: compaction and training set.
BATCH_SETTINGS = settings_of("everyJob", "batchJobs")
