"""The environment variables and paths that SageMaker gives a container."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_training.problems import InputError

TRAIN_CHANNEL = "SM_CHANNEL_TRAIN"
VALIDATION_CHANNEL = "SM_CHANNEL_VALIDATION"
MANIFEST_CHANNEL = "SM_CHANNEL_MANIFEST"
MODEL_DIRECTORY = "SM_MODEL_DIR"
HOSTS = "SM_HOSTS"
CURRENT_HOST = "SM_CURRENT_HOST"
PROCESSING_BASE_DIRECTORY = "PROCESSING_BASE_DIR"

CHECKPOINT_DIRECTORY = "/opt/ml/checkpoints"
PROCESSING_DIRECTORY = "/opt/ml/processing"


@dataclass(frozen=True)
class TrainingContainer:
    """The folders and the instances of a training job.

    Attributes:
        train: Folder of the training split.
        validation: Folder of the validation split.
        manifest: Folder of the training set's manifest.
        model: Folder that becomes model.tar.gz.
        hosts: Names of all instances, in the same order on each.
        current_host: Name of this instance.
    """

    train: Path
    validation: Path
    manifest: Path
    model: Path
    hosts: tuple[str, ...]
    current_host: str


def read_training_container(environment: Mapping[str, str] = os.environ) -> TrainingContainer:
    """Reads the variables that the training toolkit sets.

    Raises:
        InputError: Variables are missing or inconsistent; all are named.
    """
    problems = [
        f"{name} is not set" + ("" if name == MODEL_DIRECTORY else " (is the channel missing?)")
        for name in (TRAIN_CHANNEL, VALIDATION_CHANNEL, MANIFEST_CHANNEL, MODEL_DIRECTORY)
        if not environment.get(name)
    ]
    hosts = _hosts(environment.get(HOSTS, ""))
    current_host = environment.get(CURRENT_HOST, "")
    if hosts is None:
        problems.append(
            f"{HOSTS} must be a JSON list of host names, received {environment[HOSTS]!r}"
        )
    elif len(hosts) > 1 and current_host not in hosts:
        problems.append(
            f"{CURRENT_HOST} must be one of {', '.join(hosts)}, received {current_host!r}"
        )
    if problems:
        raise InputError(
            "The training container's environment is incomplete: " + "; ".join(problems) + "."
        )
    return TrainingContainer(
        train=Path(environment[TRAIN_CHANNEL]),
        validation=Path(environment[VALIDATION_CHANNEL]),
        manifest=Path(environment[MANIFEST_CHANNEL]),
        model=Path(environment[MODEL_DIRECTORY]),
        hosts=hosts or (),
        current_host=current_host,
    )


def _hosts(value: str) -> tuple[str, ...] | None:
    """Returns the hosts, () if the variable is empty, None if it cannot be read."""
    if not value:
        return ()
    try:
        hosts = json.loads(value)
    except json.JSONDecodeError:
        return None
    if not isinstance(hosts, list) or not all(isinstance(host, str) and host for host in hosts):
        return None
    return tuple(hosts)
