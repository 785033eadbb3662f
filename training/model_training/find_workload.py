"""Finds a workload by its name: the folder `workloads/<name>`."""

from __future__ import annotations

import importlib
import importlib.resources
import json
import pkgutil
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import workloads
from model_training.extraction import Extraction
from model_training.prediction_schema import PredictionSchema, read_prediction_schema
from model_training.problems import InputError
from model_training.workload import Workload

_SCHEMA = "prediction.schema.json"
_SETTINGS = "workload.json"


@dataclass(frozen=True)
class NamedWorkload:
    """A workload, as its folder describes it.

    Attributes:
        name: Name of the folder.
        model: The object `WORKLOAD` of its `model.py`.
        schema: Its `prediction.schema.json`.
        epochs: Number of epochs, unless the stack file sets another.
        metrics: Metrics that `workload.json` requires, including the gate's.
    """

    name: str
    model: Workload[Any, Any]
    schema: PredictionSchema
    epochs: int
    metrics: tuple[str, ...]

    @cached_property
    def extraction(self) -> Extraction:
        """Runs its `extract`, for every split."""
        return Extraction(self.model)


def known_workloads() -> list[str]:
    """Returns the names of the folders that have a prediction schema."""
    packages = (module.name for module in pkgutil.iter_modules(workloads.__path__) if module.ispkg)
    return sorted(
        name
        for name in packages
        if importlib.resources.files(f"workloads.{name}").joinpath(_SCHEMA).is_file()
    )


def find_workload(name: str) -> NamedWorkload:
    """Imports a workload's model and reads its prediction schema.

    Raises:
        InputError: There is no such workload; the message lists all workloads.
    """
    known = known_workloads()
    if name not in known:
        raise InputError(
            f"There is no workload {name!r}. Expected one of: {', '.join(known)}. "
            "Name it with --workload."
        )
    module = importlib.import_module(f"workloads.{name}.model")
    return describe_workload(name, module.WORKLOAD)


def describe_workload(name: str, model: Workload[Any, Any]) -> NamedWorkload:
    """Reads the files of a workload's folder that describe its model."""
    folder = importlib.resources.files(f"workloads.{name}")
    schema = folder.joinpath(_SCHEMA).read_text(encoding="utf-8")
    settings = json.loads(folder.joinpath(_SETTINGS).read_text(encoding="utf-8"))
    return NamedWorkload(
        name=name,
        model=model,
        schema=read_prediction_schema(schema),
        epochs=settings["epochs"],
        metrics=tuple(settings["metrics"]),
    )
