"""Asks a trained model of plants."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import tensorflow as tf

from tests.python.training.plants import COLUMNS, plant


@functools.cache
def signature_of(model: Path) -> Any:
    """Returns the serving signature; it needs the loaded object."""
    loaded = tf.saved_model.load(str(model / "1"))
    signature = loaded.signatures["serving_default"]
    signature.kept = loaded
    return signature


def ask(model: Path, *numbers: int) -> dict[str, list[Any]]:
    """Returns a model's predictions for plants, whose arrays must have one length."""
    plants = [plant(number) for number in numbers]
    asked = {
        column.name: tf.constant([one[column.name] for one in plants], column.specification.dtype)
        for column in COLUMNS[:6]
    }
    answers = signature_of(model)(**asked)
    return {name: values.numpy().tolist() for name, values in answers.items()}
