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
        tensor_name: Name inside the graph, which refusals of TensorFlow Serving name.
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
