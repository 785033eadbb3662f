"""Writes the body of a predict response.

Source of the forms: tensorflow/serving, `tensorflow_serving/util/json_tensor.cc`.
"""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local.model_server.errors import invalid_argument
from local.model_server.signature import Tensors

#: An output with this ending of its name contains bytes, in JSON `{"b64": ...}`.
_BYTES_SUFFIX = "_bytes"


def format_predict_response(outputs: Tensors, row: bool) -> bytes:
    """Writes the outputs as `predictions` (row form) or as `outputs` (columnar form).

    An instance is a value if the signature has one output, else an object.

    Raises:
        ServingError: 400 in row form, if the outputs do not have one element for each instance.
    """
    values = {name: _json_values(name, tensor) for name, tensor in outputs.items()}
    if not row:
        body = {"outputs": next(iter(values.values())) if len(values) == 1 else values}
        return json.dumps(body, ensure_ascii=False).encode()
    sizes = {tensor.shape[:1] for tensor in outputs.values()}
    if len(sizes) != 1 or sizes == {()}:
        raise invalid_argument(
            "Outputs are not one per instance; ask with 'inputs' (columnar form) instead."
        )
    if len(values) == 1:
        predictions: list[Any] = next(iter(values.values()))
    else:
        predictions = [
            dict(zip(values, instance, strict=True))
            for instance in zip(*values.values(), strict=True)
        ]
    return json.dumps({"predictions": predictions}, ensure_ascii=False).encode()


def _json_values(name: str, tensor: NDArray[Any]) -> Any:
    if tensor.dtype == object:
        as_bytes = name.endswith(_BYTES_SUFFIX)
        return _nested(tensor.tolist(), _bytes_object if as_bytes else _text)
    if tensor.dtype in (np.float16, np.float32):
        # As a double, 0.2 would be 0.20000000298023224.
        return _short_floats(tensor)
    return tensor.tolist()


def _nested(value: Any, convert: Any) -> Any:
    if isinstance(value, list):
        return [_nested(item, convert) for item in value]
    return convert(value)


def _text(value: bytes) -> str:
    return value.decode(errors="replace")


def _bytes_object(value: bytes) -> dict[str, str]:
    return {"b64": base64.b64encode(value).decode()}


def _short_floats(tensor: NDArray[Any]) -> Any:
    """Six digits if they are enough for the exact value, else nine, which always are."""
    wide = tensor.ravel().tolist()
    short = [float(f"{value:.6g}") for value in wide]
    exact = (np.array(short, dtype=tensor.dtype) == tensor.ravel()).tolist()
    numbers = np.empty(len(wide), dtype=object)
    numbers[:] = [
        brief if same else float(f"{value:.9g}")
        for value, brief, same in zip(wide, short, exact, strict=True)
    ]
    return numbers.reshape(tensor.shape).tolist()
