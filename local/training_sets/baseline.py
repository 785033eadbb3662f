"""The command in `demo/baseline.py` of every workload."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def print_baseline(
    name: str,
    measure: Callable[[Path, bool], dict[str, Any]],
    refusal: type[Exception],
    argv: Sequence[str],
    description: str | None,
) -> int:
    """Prints figures as one JSON object; progress goes to stderr.

    Args:
        name: Name of the baseline whose figures have no name of a model.
        measure: Fits the baselines on a training set; True lets the validation split choose.
        refusal: Error of `measure` for a folder that is not a training set.
        argv: Arguments of the command.
        description: Documentation of the module of the command.

    Returns:
        The exit code; 1 if the folder is not a training set.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--training-set", type=Path, required=True)
    parser.add_argument("--select", action="store_true", help="let the validation split choose")
    arguments = parser.parse_args(argv)
    try:
        figures = measure(arguments.training_set, arguments.select)
    except refusal as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({"name": name, **figures}))
    return 0
