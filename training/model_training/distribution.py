"""Training on several instances: each holds a copy of the network and sees a share of the batch."""

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
        strategy: Where the network's variables live.
        chief: Whether this instance writes the model and the checkpoints that count.
    """

    strategy: tf.distribute.Strategy
    chief: bool


class Task(TypedDict):
    """What an instance does, and which of those that do it it is, from 0."""

    type: Literal["worker"]
    index: int


class ClusterSpecification(TypedDict):
    """The content of `TF_CONFIG`: addresses by what is done there, and this instance."""

    cluster: dict[Literal["worker"], list[str]]
    task: Task


def cluster_specification(hosts: Sequence[str], current_host: str) -> ClusterSpecification:
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


def join_cluster(hosts: Sequence[str], current_host: str) -> Cluster:
    """Returns the cluster of this instance; several train by `MultiWorkerMirroredStrategy`.

    Must run before any other TensorFlow operation: the collective runtime starts here.
    """
    if len(hosts) < 2:
        return Cluster(tf.distribute.get_strategy(), chief=True)
    os.environ["TF_CONFIG"] = json.dumps(cluster_specification(hosts, current_host))
    return Cluster(tf.distribute.MultiWorkerMirroredStrategy(), is_chief(hosts, current_host))


def is_chief(hosts: Sequence[str], current_host: str) -> bool:
    """Whether this instance writes the model: the first one, or the only one."""
    return len(hosts) < 2 or sorted(hosts)[0] == current_host
