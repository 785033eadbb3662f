"""Finds everything that is wrong with the code of the model of a workload."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model_training.declared_options import epochs_problems, option_problems
from model_training.dry_run import dry_run
from model_training.failures import failure
from model_training.find_workload import NamedWorkload, describe_workload
from model_training.interface import OBJECT, OPTIONS, interface_problems
from model_training.problems import InputError
from model_training.tried_rows import TriedRows

from local.training_sets.demo import demo_training_set, has_demo_training_set

NO_OBJECT = f"has no object {OBJECT}: expected `{OBJECT} = ` at the start of a line"
"""The same message as when a stack is planned, which reads the file without running it."""


@dataclass(frozen=True)
class CheckedCode:
    """The result of a check.

    Attributes:
        model: Problems of `model.py` and of what it calls.
        training_set: Problems of `demo/training_set.py`.
        tried: Whether the model was tried with rows of the training set of the demo.
    """

    model: list[str] = field(default_factory=list)
    training_set: list[str] = field(default_factory=list)
    tried: bool = False


def check_code(name: str, data: Path | None) -> CheckedCode:
    """Imports the model of a workload, checks its interface, and tries it.

    Args:
        name: Name of the workload. Its JSON files are checked elsewhere; if they cannot be read,
            the model is not tried.
        data: Folder with its data set; None if there is none, and the model is not tried.
    """
    try:
        module = importlib.import_module(f"workloads.{name}.model")
    except Exception as error:
        return CheckedCode([f"cannot be imported: {failure(error, name)}"])
    if not hasattr(module, OBJECT):
        return CheckedCode([NO_OBJECT])
    model = module.WORKLOAD
    broken = interface_problems(model)
    problems = list(dict.fromkeys(broken.values()))
    of_options = [] if OPTIONS in broken else option_problems(model.options)
    problems += of_options
    options = None if of_options or OPTIONS in broken else model.options
    workload = _described(name, model)
    if options is not None and workload is not None:
        problems += epochs_problems(options, workload.epochs)
    if data is None or workload is None:
        return CheckedCode(problems)
    try:
        if not has_demo_training_set(name):
            return CheckedCode(problems)
        training_set = demo_training_set(name, data)
        workload.schema.check_columns(training_set.columns)
    except InputError as error:
        return CheckedCode(problems, [str(error)])
    except Exception as error:
        return CheckedCode(problems, [f"fails: {failure(error, name)}"])
    if options is not None:
        problems += dry_run(workload, options(), TriedRows(**training_set.splits), broken)
    return CheckedCode(problems, tried=options is not None)


def _described(name: str, model: Any) -> NamedWorkload | None:
    try:
        return describe_workload(name, model)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError):
        return None
