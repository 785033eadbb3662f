"""Instances of the API as the tensors of a model, and its answers as predictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tensorflow as tf

Instances = Sequence[Mapping[str, Any]]


class Signature:
    """The signature that is served of a model's highest version.

    Args:
        model_directory: Holds `<number>/saved_model.pb`.
    """

    def __init__(self, model_directory: Path) -> None:
        version = max(int(entry.name) for entry in model_directory.iterdir())
        self._loaded = tf.saved_model.load(str(model_directory / str(version)))
        self._call = self._loaded.signatures["serving_default"]
        self._inputs = self._call.structured_input_signature[1]

    def answer(self, instances: Instances) -> dict[str, Any]:
        """Returns the answers in NumPy, [instances, ...] by name."""
        tensors = {
            name: tf.constant([instance[name] for instance in instances], specification.dtype)
            for name, specification in self._inputs.items()
        }
        return {name: tensor.numpy() for name, tensor in self._call(**tensors).items()}

    def predict(self, instances: Instances) -> list[dict[str, Any]]:
        """Returns a flat object per instance, as TensorFlow Serving does."""
        answers = {name: _plain(values.tolist()) for name, values in self.answer(instances).items()}
        return [
            {name: values[row] for name, values in answers.items()} for row in range(len(instances))
        ]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.decode() if isinstance(value, bytes) else value
