"""Converts JSON values to elements of tensors, with the errors of TensorFlow Serving.

Source of rules and messages: tensorflow/serving, `tensorflow_serving/util/json_tensor.cc`.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local.model_server.errors import ServingError, invalid_argument

_JSON_TYPES = {
    type(None): "Null",
    bool: "True",
    dict: "Object",
    list: "Array",
    str: "String",
    int: "Number",
    float: "Number",
}
_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_FLOATS = ("float16", "float32", "float64")
_DT_NAMES = {"float16": "half", "float32": "float", "float64": "double"}


def is_base64_object(value: Any) -> bool:
    """Whether the value is `{"b64": "<text>"}`, which are bytes."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("b64"), str)


def flatten(value: Any, dtype: str) -> tuple[tuple[int, ...], list[Any]]:
    """Converts a JSON value to a shape and its elements in row-major order.

    Args:
        value: A JSON value; lists are dimensions.
        dtype: Element type of the tensor.

    Raises:
        ServingError: 400 for lists of different lengths and for elements of another type.
    """
    if not isinstance(value, list):
        return (), [_convert(value, dtype)]
    shape: list[int] = []
    first = value
    while isinstance(first, list):
        shape.append(len(first))
        if not first:
            break
        first = first[0]
    elements: list[Any] = []
    _collect(value, 0, shape, _converter(dtype), elements)
    return tuple(shape), elements


def to_array(elements: list[Any], shape: tuple[int, ...], dtype: str) -> NDArray[Any]:
    """Creates an array of the element type of the tensor."""
    if dtype == "string":
        array = np.empty(len(elements), dtype=object)
        array[:] = elements
        return array.reshape(shape)
    return np.array(elements, dtype=np.dtype(dtype)).reshape(shape)


def show(value: Any) -> str:
    """A JSON value for error messages, cut after 200 characters."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:200]}..."


def _collect(
    value: Any, level: int, shape: list[int], convert: Callable[[Any], Any], elements: list[Any]
) -> None:
    if not isinstance(value, list):
        if level != len(shape):
            raise invalid_argument(
                f"JSON Value: {show(value)} found at incorrect level: {level + 1}"
                f" in the JSON DOM. Expected at level: {len(shape)}"
            )
        elements.append(convert(value))
        return
    if level >= len(shape):
        raise invalid_argument(
            f"Encountered list at unexpected level: {level} expected < {len(shape)}"
        )
    if len(value) != shape[level]:
        raise invalid_argument(
            f"Encountered list at unexpected size: {len(value)}"
            f" at level: {level} expected size: {shape[level]}"
        )
    for item in value:
        _collect(item, level + 1, shape, convert, elements)


def _converter(dtype: str) -> Callable[[Any], Any]:
    return lambda value: _convert(value, dtype)


def _convert(value: Any, dtype: str) -> Any:
    if dtype == "string":
        return _string(value)
    if dtype == "bool":
        if isinstance(value, bool):
            return value
    elif dtype in _INTEGERS:
        if isinstance(value, int) and not isinstance(value, bool):
            limits = np.iinfo(dtype)
            if limits.min <= value <= limits.max:
                return value
    elif dtype in _FLOATS:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _decimal(value, dtype)
    else:
        raise ServingError(501, f"Conversion of JSON Value: {show(value)} to type: {dtype}")
    raise _type_error(value, dtype)


def _string(value: Any) -> bytes:
    if isinstance(value, str):
        try:
            return value.encode()
        except UnicodeEncodeError as error:
            raise invalid_argument(
                "JSON Parse error: The surrogate pair in string is invalid. at offset: "
                f"{error.start}"
            ) from error
    if isinstance(value, dict):
        if not is_base64_object(value):
            raise invalid_argument(
                f"JSON Value: {show(value)} not formatted correctly for base64 data"
            )
        try:
            return base64.b64decode(value["b64"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise invalid_argument("Unable to base64 decode") from error
    raise _type_error(value, "string")


def _decimal(value: int | float, dtype: str) -> float:
    kind = np.finfo(dtype)
    if isinstance(value, int):
        lossless = abs(value) <= 2 ** (kind.nmant + 1) - 1
    else:
        lossless = not math.isfinite(value) or abs(value) <= float(kind.max)
    if not lossless:
        target = _DT_NAMES[dtype]
        raise invalid_argument(
            f"Cannot convert JSON value: {show(value)} to {target} without loss of precision."
        )
    return float(value)


def _type_error(value: Any, dtype: str) -> ServingError:
    found = "False" if value is False else _JSON_TYPES[type(value)]
    expected = _DT_NAMES.get(dtype, dtype)
    return invalid_argument(
        f"JSON Value: {show(value)} Type: {found} is not of expected type: {expected}"
    )
