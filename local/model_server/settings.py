"""Server settings, read from the environment variables of AWS's TensorFlow Serving container."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingsError(Exception):
    """One or more environment variables have values that are not valid."""


@dataclass(frozen=True)
class Settings:
    """How requests are batched.

    The names are those of aws/sagemaker-tensorflow-serving-container. That image's own defaults are
    batching off, 8 instances, 1000 microseconds, and as many waiting batches as there are cores.

    Attributes:
        batching: Whether concurrent requests may share one call of the model.
            `SAGEMAKER_TFS_ENABLE_BATCHING`, default true.
        max_batch_size: Instances in one merged call, at least 1.
            `SAGEMAKER_TFS_MAX_BATCH_SIZE`, default 64.
        batch_timeout_micros: Longest time in microseconds that a request waits for others while
            another batch runs and a thread is free, at least 0.
            `SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS`, default 1000.
        batch_threads: Batches that run at once, at least 1.
            `SAGEMAKER_TFS_NUM_BATCH_THREADS`, default the number of cores.
        max_enqueued_batches: Full batches that may wait; further requests are refused; at least 1.
            `SAGEMAKER_TFS_MAX_ENQUEUED_BATCHES`, default 32.
    """

    batching: bool = True
    max_batch_size: int = 64
    batch_timeout_micros: int = 1000
    batch_threads: int = 1
    max_enqueued_batches: int = 32


_NUMBERS = {
    "max_batch_size": ("SAGEMAKER_TFS_MAX_BATCH_SIZE", 1),
    "batch_timeout_micros": ("SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS", 0),
    "batch_threads": ("SAGEMAKER_TFS_NUM_BATCH_THREADS", 1),
    "max_enqueued_batches": ("SAGEMAKER_TFS_MAX_ENQUEUED_BATCHES", 1),
}
_BATCHING = "SAGEMAKER_TFS_ENABLE_BATCHING"


def read_settings(environment: Mapping[str, str], cores: int | None = None) -> Settings:
    """Reads the settings.

    Args:
        environment: Environment variables; one that is absent or empty has its default.
        cores: Cores of the machine; by default those that the operating system reports.

    Raises:
        SettingsError: With a sentence for each variable that is not valid.
    """
    numbers: dict[str, int] = {"batch_threads": cores or os.cpu_count() or 1}
    problems: list[str] = []
    for field, (variable, least) in _NUMBERS.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        if not text.isdecimal() or int(text) < least:
            problems.append(
                f"{variable} must be a whole number of at least {least}. Received: {text!r}."
            )
            continue
        numbers[field] = int(text)
    batching = environment.get(_BATCHING, "").strip().lower() or "true"
    if batching not in ("true", "false"):
        problems.append(f"{_BATCHING} must be true or false. Received: {batching!r}.")
    if problems:
        raise SettingsError(" ".join(problems))
    return Settings(batching=batching == "true", **numbers)
