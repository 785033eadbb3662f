"""What a serving signature takes and returns, free of TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]

#: Key of the signature TensorFlow Serving uses when a request names none.
DEFAULT_SIGNATURE = "serving_default"


@dataclass(frozen=True)
class TensorSpec:
    """One named tensor of a signature.

    Attributes:
        dtype: TensorFlow's name of the element type: `string`, `float32`, `int64`, ...
        shape: Sizes per dimension, None where any size goes; None as a whole for unknown rank.
        tensor_name: Name inside the graph, only shown in the metadata.
    """

    dtype: str
    shape: tuple[int | None, ...] | None
    tensor_name: str = ""

    @property
    def batched(self) -> bool:
        """Whether the first dimension counts instances."""
        return self.shape is not None and len(self.shape) > 0 and self.shape[0] is None

    def accepts(self, shape: tuple[int, ...]) -> bool:
        """Whether a tensor of this shape may be fed."""
        if self.shape is None:
            return True
        return len(shape) == len(self.shape) and all(
            expected is None or expected == size
            for expected, size in zip(self.shape, shape, strict=True)
        )


@dataclass(frozen=True)
class Signature:
    """Inputs and outputs of one serving signature, by name."""

    name: str
    inputs: Mapping[str, TensorSpec]
    outputs: Mapping[str, TensorSpec] = field(default_factory=dict)

    @property
    def batchable(self) -> bool:
        """Whether requests may share one call: every tensor counts instances first."""
        specs = [*self.inputs.values(), *self.outputs.values()]
        return bool(self.inputs) and all(spec.batched for spec in specs)


def sample_inputs(signature: Signature) -> Tensors:
    """Inputs of one instance, good enough to make TensorFlow build what it builds lazily."""
    sample: Tensors = {}
    for name, spec in signature.inputs.items():
        shape = tuple(1 if size is None else size for size in spec.shape or ())
        if spec.dtype == "string":
            sample[name] = np.full(shape, b"warm up", dtype=object)
        else:
            sample[name] = np.zeros(shape, dtype=np.dtype(spec.dtype))
    return sample


def metadata_body(model: str, version: int, signatures: Mapping[str, Signature]) -> dict[str, Any]:
    """The body of `GET /v1/models/{name}/metadata`."""
    definitions = {
        name: {
            "inputs": {key: _tensor_info(spec) for key, spec in signature.inputs.items()},
            "outputs": {key: _tensor_info(spec) for key, spec in signature.outputs.items()},
            "method_name": "tensorflow/serving/predict",
            "defaults": {},
        }
        for name, signature in signatures.items()
    }
    return {
        "model_spec": {"name": model, "signature_name": "", "version": str(version)},
        "metadata": {"signature_def": {"signature_def": definitions}},
    }


def _tensor_info(spec: TensorSpec) -> dict[str, Any]:
    enum = {"float32": "DT_FLOAT", "float64": "DT_DOUBLE", "float16": "DT_HALF"}
    dimensions = [
        {"size": str(-1 if size is None else size), "name": ""} for size in spec.shape or ()
    ]
    return {
        "dtype": enum.get(spec.dtype, f"DT_{spec.dtype.upper()}"),
        "tensor_shape": {"dim": dimensions, "unknown_rank": spec.shape is None},
        "name": spec.tensor_name,
    }
