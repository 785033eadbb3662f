"""Inputs and outputs of a serving signature, without TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]

#: Name of the signature that TensorFlow Serving uses if a request has none.
DEFAULT_SIGNATURE = "serving_default"


@dataclass(frozen=True)
class TensorSpec:
    """One named tensor of a signature.

    Attributes:
        dtype: Element type, by TensorFlow's name: `string`, `float32`, `int64`, ...
        shape: Size of each dimension, None for any size; None as a whole for an unknown rank.
        tensor_name: Name in the graph, which is in errors of TensorFlow Serving.
    """

    dtype: str
    shape: tuple[int | None, ...] | None
    tensor_name: str = ""

    @property
    def batched(self) -> bool:
        """Whether the first dimension counts instances."""
        return self.shape is not None and len(self.shape) > 0 and self.shape[0] is None

    def accepts(self, shape: tuple[int, ...]) -> bool:
        """Whether a tensor may have this shape."""
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
        """Whether requests may share a call: the first dimension of all tensors is instances."""
        specs = [*self.inputs.values(), *self.outputs.values()]
        return bool(self.inputs) and all(spec.batched for spec in specs)


def sample_inputs(signature: Signature) -> Tensors:
    """Inputs of one instance, for the calls before the first request."""
    sample: Tensors = {}
    for name, spec in signature.inputs.items():
        shape = tuple(1 if size is None else size for size in spec.shape or ())
        if spec.dtype == "string":
            sample[name] = np.full(shape, b"warm up", dtype=object)
        else:
            sample[name] = np.zeros(shape, dtype=np.dtype(spec.dtype))
    return sample
