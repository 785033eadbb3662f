"""Training on several instances: each has a copy of the network and a share of each batch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

import tensorflow as tf

WORKER_PORT = 2222


@dataclass(frozen=True)
class Cluster:
    """The instances that train together.

    Attributes:
        strategy: The distribution strategy of the network's variables.
        chief: Whether this instance saves the model and the checkpoints.
    """

    strategy: tf.distribute.Strategy
    chief: bool


class Task(TypedDict):
    """The type of an instance, and its index among those of this type."""

    type: Literal["worker"]
    index: int


class ClusterSpecification(TypedDict):
    """The content of `TF_CONFIG`: addresses by type, and this instance."""

    cluster: dict[Literal["worker"], list[str]]
    task: Task


def cluster_specification(hosts: Sequence[str], current_host: str) -> ClusterSpecification:
    """Returns the content of `TF_CONFIG`. Pure.

    Every instance must use the same order, so hosts are sorted; the first one is the chief.

    Args:
        hosts: Names of all instances, as in `SM_HOSTS`.
        current_host: Name of this instance.
    """
    ordered = sorted(hosts)
    return {
        "cluster": {"worker": [f"{host}:{WORKER_PORT}" for host in ordered]},
        "task": {"type": "worker", "index": ordered.index(current_host)},
    }


def join_cluster(hosts: Sequence[str], current_host: str) -> Cluster:
    """Returns the cluster of this instance; several use `MultiWorkerMirroredStrategy`.

    This must run before any other TensorFlow operation, because it starts the collective runtime.
    """
    if len(hosts) < 2:
        return Cluster(tf.distribute.get_strategy(), chief=True)
    os.environ["TF_CONFIG"] = json.dumps(cluster_specification(hosts, current_host))
    return Cluster(tf.distribute.MultiWorkerMirroredStrategy(), is_chief(hosts, current_host))


def is_chief(hosts: Sequence[str], current_host: str) -> bool:
    """Returns whether this instance saves the model: the first one, or the only one."""
    return len(hosts) < 2 or sorted(hosts)[0] == current_host
