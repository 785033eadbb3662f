"""Parses the body of a predict request, in row form (`instances`) or columnar form (`inputs`).

Source of rules and messages: tensorflow/serving, `tensorflow_serving/util/json_tensor.cc`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.model_server.errors import ServingError, invalid_argument
from local.model_server.signature import DEFAULT_SIGNATURE, Signature, Tensors, TensorSpec
from local.model_server.tensor_values import flatten, is_base64_object, show, to_array

_PARSE_ERRORS = {
    "Expecting value": "Invalid value.",
    "Expecting property name enclosed in double quotes": "Missing a name for object member.",
    "Expecting ':' delimiter": "Missing a colon after a name of object member.",
    "Expecting ',' delimiter": "Missing a comma or a closing bracket.",
    "Extra data": "The document root must not be followed by other values.",
    "Unterminated string starting at": "Missing a closing quotation mark in string.",
    "Invalid control character at": "Invalid encoding in string.",
}


@dataclass(frozen=True)
class PredictRequest:
    """A parsed request.

    Attributes:
        signature: The signature to call.
        inputs: One tensor for each input of the signature.
        row: Whether the response has `predictions` (row form) or `outputs` (columnar form).
    """

    signature: Signature
    inputs: Tensors
    row: bool


def parse_predict_request(body: bytes, signatures: Mapping[str, Signature]) -> PredictRequest:
    """Parses the body and checks it against the signatures of the model.

    Raises:
        ServingError: 400 with TensorFlow Serving's message.
    """
    document = _parse_json(body)
    name = document.get("signature_name", "")
    if not isinstance(name, str):
        raise invalid_argument(
            f"JSON Value: {show(document)} not formatted correctly."
            " 'signature_name' key must be a string value."
        )
    signature = signatures.get(name or DEFAULT_SIGNATURE)
    if signature is None:
        raise invalid_argument(
            f'Serving signature name: "{name or DEFAULT_SIGNATURE}" not found in signature def'
        )
    if "instances" in document and "inputs" in document:
        raise invalid_argument(
            f"JSON Value: {show(document)} Not formatted correctly expecting only one of"
            " 'inputs' or 'instances' keys to exist "
        )
    if "instances" in document:
        row, inputs = True, _from_instances(document, signature.inputs)
    elif "inputs" in document:
        row, inputs = False, _from_inputs(document["inputs"], signature.inputs)
    else:
        raise invalid_argument("Missing 'inputs' or 'instances' key")
    _check_shapes(inputs, signature.inputs)
    return PredictRequest(signature, inputs, row)


def _parse_json(body: bytes) -> dict[str, Any]:
    if not body:
        raise invalid_argument("JSON Parse error: The document is empty")
    try:
        document = json.loads(body.decode())
    except UnicodeDecodeError as error:
        raise invalid_argument(
            f"JSON Parse error: Invalid encoding in string. at offset: {error.start}"
        ) from error
    except json.JSONDecodeError as error:
        reason = _PARSE_ERRORS.get(error.msg, "Invalid value.")
        raise invalid_argument(f"JSON Parse error: {reason} at offset: {error.pos}") from error
    except (RecursionError, ValueError) as error:
        # ValueError: Python refuses to convert integers of more than 4300 digits.
        raise invalid_argument(
            "JSON Parse error: Terminate parsing due to Handler error. at offset: 0"
        ) from error
    if not isinstance(document, dict):
        raise invalid_argument(f"JSON Value: {show(document)} Is not object")
    return document


def _from_instances(document: dict[str, Any], specs: Mapping[str, TensorSpec]) -> Tensors:
    instances = document["instances"]
    if not isinstance(instances, list):
        raise invalid_argument(
            f"JSON Value: {show(document)} Excepting 'instances' to be an list/array"
        )
    if not instances:
        raise invalid_argument(f"JSON Value: {show(document)} No values in 'instances' array")
    if not isinstance(instances[0], dict) and len(specs) > 1:
        raise invalid_argument(
            "instances is a plain list, but expecting list of objects as multiple"
            " input tensors required as per tensorinfo_map"
        )
    named = _is_named(instances[0])
    only = next(iter(specs))
    columns: dict[str, _Column] = {}
    for position, element in enumerate(instances):
        if _is_named(element) != named:
            wanted, found = ("object", "list") if named else ("value/list", "object")
            raise invalid_argument(
                f"Expecting {wanted} but got {found} at item {position} of input list"
            )
        for name, value in element.items() if named else ((only, element),):
            key = f" key: {name}" if named else ""
            try:
                if name not in specs:
                    raise invalid_argument(f"JSON object: does not have named input: {name}")
                columns.setdefault(name, _Column(specs[name].dtype)).add(value)
            except ServingError as error:
                raise invalid_argument(
                    f"Failed to process element: {position}{key} of 'instances' list."
                    f" Error: INVALID_ARGUMENT: {error.message}"
                ) from error
        if named and element.keys() != specs.keys():
            raise invalid_argument(
                f"Failed to process element: {position} of 'instances' list. JSON object:"
                f" {show(element)} keys must be equal to: {','.join(sorted(specs))}"
            )
    return {
        name: to_array(column.elements, (len(instances), *column.shape), specs[name].dtype)
        for name, column in columns.items()
    }


def _is_named(element: Any) -> bool:
    return isinstance(element, dict) and not is_base64_object(element)


class _Column:
    """Values of one input in all instances, which must have the same shape."""

    def __init__(self, dtype: str) -> None:
        self.elements: list[Any] = []
        self.shape: tuple[int, ...] = ()
        self._dtype = dtype
        self._started = False

    def add(self, value: Any) -> None:
        shape, elements = flatten(value, self._dtype)
        if not self._started:
            self.shape, self._started = shape, True
        elif shape != self.shape:
            expected, received = _element_count(self.shape), _element_count(shape)
            if expected != received:
                raise invalid_argument(f"Expecting tensor size: {expected} but got: {received}")
            raise invalid_argument(
                f"Expecting shape {_brackets(self.shape)} but got: {_brackets(shape)}"
            )
        self.elements.extend(elements)


def _element_count(shape: tuple[int, ...]) -> int:
    size = 1
    for dimension in shape:
        size *= dimension
    return size


def _brackets(shape: tuple[int, ...]) -> str:
    return f"[{','.join(str(size) for size in shape)}]"


def _from_inputs(value: Any, specs: Mapping[str, TensorSpec]) -> Tensors:
    if not _is_named(value):
        if len(specs) > 1:
            raise invalid_argument(
                "inputs is a plain value/list, but expecting an object as multiple"
                " input tensors required as per tensorinfo_map"
            )
        value = {next(iter(specs)): value}
    tensors: Tensors = {}
    for name, spec in specs.items():
        if name not in value:
            raise invalid_argument(f"Missing named input: {name} in 'inputs' object.")
        shape, elements = flatten(value[name], spec.dtype)
        tensors[name] = to_array(elements, shape, spec.dtype)
    return tensors


def _check_shapes(inputs: Tensors, specs: Mapping[str, TensorSpec]) -> None:
    for name, tensor in inputs.items():
        expected = specs[name].shape
        if expected is not None and not specs[name].accepts(tensor.shape):
            wanted = ",".join("-1" if size is None else str(size) for size in expected)
            raise invalid_argument(
                f"Tensor {name} must have shape [{wanted}]. Received: {_brackets(tensor.shape)}."
            )
    if len({tensor.shape[:1] for tensor in inputs.values()}) > 1 and all(
        spec.batched for spec in specs.values()
    ):
        raise invalid_argument("Inputs must all hold the same number of instances.")
