"""Training on several instances: each holds a copy of the network and sees a share of the batch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

WORKER_PORT = 2222


def cluster_specification(hosts: Sequence[str], current_host: str) -> dict[str, Any]:
    """What TensorFlow expects in `TF_CONFIG`. Pure.

    Every instance must derive the same order, so hosts are sorted; the first is the chief.

    Args:
        hosts: Names of all instances, as in `SM_HOSTS`.
        current_host: This one.
    """
    ordered = sorted(hosts)
    return {
        "cluster": {"worker": [f"{host}:{WORKER_PORT}" for host in ordered]},
        "task": {"type": "worker", "index": ordered.index(current_host)},
    }


def choose_strategy(hosts: Sequence[str], current_host: str) -> Any:
    """`MultiWorkerMirroredStrategy` for several instances, else TensorFlow's default.

    Must run before any other TensorFlow operation: the collective runtime starts here.
    """
    if len(hosts) < 2:
        return tf.distribute.get_strategy()
    os.environ["TF_CONFIG"] = json.dumps(cluster_specification(hosts, current_host))
    return tf.distribute.MultiWorkerMirroredStrategy()


def is_chief(hosts: Sequence[str], current_host: str) -> bool:
    """Whether this instance writes the model: the first one, or the only one."""
    return len(hosts) < 2 or sorted(hosts)[0] == current_host
