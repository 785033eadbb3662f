"""Loads and calls a TensorFlow SavedModel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf

from local.model_server.errors import ServingError, invalid_argument
from local.model_server.signature import (
    DEFAULT_SIGNATURE,
    Signature,
    Tensors,
    TensorSpec,
    sample_inputs,
)
from local.model_server.version import ModelLoadError

_WARM_UP_CALLS = 3


class SavedModel:
    """A loaded model.

    Attributes:
        signatures: Inputs and outputs, by name of the signature.
    """

    def __init__(self, loaded: Any) -> None:
        self._loaded = loaded  # keeps the variables that the functions use
        self._functions: dict[str, Any] = dict(loaded.signatures)
        self.signatures = {
            name: _describe(name, function) for name, function in self._functions.items()
        }

    def run(self, signature_name: str, inputs: Tensors) -> Tensors:
        """Calls one signature.

        Raises:
            ServingError: 400 if the model refuses the input, 500 if it fails.
        """
        specs = self.signatures[signature_name].inputs
        try:
            tensors = {
                name: tf.constant(value, dtype=specs[name].dtype) for name, value in inputs.items()
            }
            outputs = self._functions[signature_name](**tensors)
            return {name: tensor.numpy() for name, tensor in outputs.items()}
        except tf.errors.InvalidArgumentError as error:
            raise invalid_argument(error.message) from error
        except tf.errors.OpError as error:
            raise ServingError(500, error.message) from error

    def warm_up(self) -> None:
        """Calls every signature, so that the first request does not wait for TensorFlow.

        Raises:
            ModelLoadError: A call failed, and not because the sample was refused.
        """
        for name, signature in self.signatures.items():
            for _ in range(_WARM_UP_CALLS):
                try:
                    self.run(name, sample_inputs(signature))
                except ServingError as error:
                    if error.status == 400:
                        break
                    raise ModelLoadError(
                        f"Signature {name} fails in its warm-up call: {error.message}"
                    ) from error


def load_model(model_directory: Path, version: int) -> SavedModel:
    """Loads a version and calls it.

    Raises:
        ModelLoadError: It cannot be read, or does not run.
    """
    try:
        loaded = tf.saved_model.load(str(model_directory / str(version)))
    except Exception as error:
        raise ModelLoadError(
            f"Version {version} in {model_directory} cannot be loaded: {error}"
        ) from error
    model = SavedModel(loaded)
    if DEFAULT_SIGNATURE not in model.signatures:
        raise ModelLoadError(
            f"Version {version} in {model_directory} has no signature {DEFAULT_SIGNATURE!r}; "
            f"it has {sorted(model.signatures)}."
        )
    model.warm_up()
    return model


def _describe(name: str, function: Any) -> Signature:
    _, inputs = function.structured_input_signature
    return Signature(
        name=name,
        inputs={key: _spec(value, f"{name}_{key}:0") for key, value in sorted(inputs.items())},
        outputs={
            key: _spec(value, f"StatefulPartitionedCall:{position}")
            for position, (key, value) in enumerate(sorted(function.structured_outputs.items()))
        },
    )


def _spec(spec: Any, tensor_name: str) -> TensorSpec:
    shape = None if spec.shape.rank is None else tuple(spec.shape.as_list())
    return TensorSpec(dtype=spec.dtype.name, shape=shape, tensor_name=tensor_name)
