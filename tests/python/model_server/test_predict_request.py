"""Request bodies to tensors: both forms, and every refusal with TensorFlow Serving's wording."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.model_server.errors import ServingError
from local.model_server.predict_request import parse_predict_request
from local.model_server.signature import Signature, TensorSpec

CLASSIFY = Signature("serving_default", {"text": TensorSpec("string", (None,))})
WEIGH = Signature(
    "weigh", {"values": TensorSpec("float32", (None, 2)), "scale": TensorSpec("int8", (None,))}
)
COUNT = Signature("count", {"start": TensorSpec("int64", ())})
FLAGS = Signature("flags", {"on": TensorSpec("bool", None)})
SIGNATURES = {signature.name: signature for signature in (CLASSIFY, WEIGH, COUNT, FLAGS)}


def parse(body: Any) -> dict[str, Any]:
    parsed = parse_predict_request(json.dumps(body).encode(), SIGNATURES)
    return {
        "signature": parsed.signature.name,
        "row": parsed.row,
        **{name: tensor.tolist() for name, tensor in parsed.inputs.items()},
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"instances": [{"text": "a"}, {"text": "é"}]}, [b"a", "é".encode()]),
        ({"instances": ["a", "b"]}, [b"a", b"b"]),
        ({"instances": [{"b64": "AP8="}, "b"]}, [b"\x00\xff", b"b"]),
        ({"instances": [{"text": {"b64": "AP8="}}]}, [b"\x00\xff"]),
    ],
)
def test_row_form_takes_named_bare_and_base64_values(body: Any, expected: list[bytes]) -> None:
    assert parse(body) == {"signature": "serving_default", "row": True, "text": expected}


@pytest.mark.parametrize("inputs", [["a", "b"], {"text": ["a", "b"]}])
def test_columnar_form_takes_a_bare_list_and_an_object(inputs: Any) -> None:
    assert parse({"inputs": inputs}) == {
        "signature": "serving_default",
        "row": False,
        "text": [b"a", b"b"],
    }


def test_signature_name_selects_and_several_inputs_keep_their_shapes() -> None:
    body = {
        "signature_name": "weigh",
        "instances": [{"values": [1, 2.5], "scale": 2}, {"values": [0.5, 3], "scale": -128}],
    }
    assert parse(body) == {
        "signature": "weigh",
        "row": True,
        "values": [[1.0, 2.5], [0.5, 3.0]],
        "scale": [2, -128],
    }


def test_a_scalar_input_is_columnar() -> None:
    assert parse({"signature_name": "count", "inputs": 41})["start"] == 41


def test_unknown_rank_takes_any_shape() -> None:
    body = {"signature_name": "flags", "inputs": [[True], [False]]}
    assert parse(body)["on"] == [[True], [False]]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "JSON Parse error: The document is empty"),
        (b"nope", "JSON Parse error: Invalid value. at offset: 0"),
        (
            b'{"instances": [}',
            "JSON Parse error: Invalid value. at offset: 15",
        ),
        (
            b'{"a": 1} x',
            "JSON Parse error: The document root must not be followed by other values."
            " at offset: 9",
        ),
        (b"\xff", "JSON Parse error: Invalid encoding in string. at offset: 0"),
        (
            b"[" * 100_000,
            "JSON Parse error: Terminate parsing due to Handler error. at offset: 0",
        ),
        (b"[1]", "JSON Value: [1] Is not object"),
    ],
)
def test_bytes_that_are_not_a_json_object_are_refused(raw: bytes, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        parse_predict_request(raw, SIGNATURES)
    assert (caught.value.status, caught.value.message) == (400, message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Missing 'inputs' or 'instances' key"),
        (
            {"instances": ["a"], "inputs": ["a"]},
            'JSON Value: {"instances": ["a"], "inputs": ["a"]} Not formatted correctly expecting'
            " only one of 'inputs' or 'instances' keys to exist ",
        ),
        (
            {"instances": "a"},
            'JSON Value: {"instances": "a"} Excepting \'instances\' to be an list/array',
        ),
        ({"instances": []}, "JSON Value: {\"instances\": []} No values in 'instances' array"),
        (
            {"signature_name": 3, "instances": ["a"]},
            'JSON Value: {"signature_name": 3, "instances": ["a"]} not formatted correctly.'
            " 'signature_name' key must be a string value.",
        ),
        (
            {"signature_name": "other", "instances": ["a"]},
            'Serving signature name: "other" not found in signature def',
        ),
        (
            {"instances": [{"text": "a"}, "b"]},
            "Expecting object but got list at item 1 of input list",
        ),
        (
            {"instances": ["a", {"text": "b"}]},
            "Expecting value/list but got object at item 1 of input list",
        ),
        (
            {"instances": [{"text": "a", "lang": "en"}]},
            "Failed to process element: 0 key: lang of 'instances' list. Error: INVALID_ARGUMENT:"
            " JSON object: does not have named input: lang",
        ),
        (
            {"instances": [{}]},
            "Failed to process element: 0 of 'instances' list. JSON object: {} keys must be equal"
            " to: text",
        ),
        (
            {"instances": [{"text": 5}]},
            "Failed to process element: 0 key: text of 'instances' list. Error: INVALID_ARGUMENT:"
            " JSON Value: 5 Type: Number is not of expected type: string",
        ),
        (
            {"instances": [{"text": {"b64": "%"}}]},
            "Failed to process element: 0 key: text of 'instances' list. Error: INVALID_ARGUMENT:"
            " Unable to base64 decode",
        ),
        (
            {"instances": [{"text": {"bytes": "AP8="}}]},
            "Failed to process element: 0 key: text of 'instances' list. Error: INVALID_ARGUMENT:"
            ' JSON Value: {"bytes": "AP8="} not formatted correctly for base64 data',
        ),
        (
            {"instances": [["a"], ["b", "c"]]},
            "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT:"
            " Expecting tensor size: 1 but got: 2",
        ),
        (
            {"instances": [["a"]]},
            "Tensor text must have shape [-1]. Received: [1,1].",
        ),
        ({"inputs": {"other": ["a"]}}, "Missing named input: text in 'inputs' object."),
        (
            {"inputs": [["a"], "b"]},
            'JSON Value: "b" found at incorrect level: 2 in the JSON DOM. Expected at level: 2',
        ),
        (
            {"inputs": [[], ["a"]]},
            "Encountered list at unexpected size: 1 at level: 1 expected size: 0",
        ),
        (
            {"inputs": ["a", ["b"]]},
            "Encountered list at unexpected level: 1 expected < 1",
        ),
        (
            {"signature_name": "weigh", "instances": [[1, 2]]},
            "instances is a plain list, but expecting list of objects as multiple input tensors"
            " required as per tensorinfo_map",
        ),
        (
            {"signature_name": "weigh", "inputs": {"values": [[1, 2]], "scale": [128]}},
            "JSON Value: 128 Type: Number is not of expected type: int8",
        ),
        (
            {"signature_name": "weigh", "inputs": {"values": [[1, 2]], "scale": [True]}},
            "JSON Value: true Type: True is not of expected type: int8",
        ),
        (
            {"signature_name": "weigh", "inputs": {"values": [[16777216, 2]], "scale": [1]}},
            "Cannot convert JSON value: 16777216 to float without loss of precision.",
        ),
        (
            {"signature_name": "weigh", "inputs": {"values": [[1e39, 2]], "scale": [1]}},
            "Cannot convert JSON value: 1e+39 to float without loss of precision.",
        ),
        (
            {"signature_name": "weigh", "inputs": {"values": [[1, 2]], "scale": [1, 2]}},
            "Inputs must all hold the same number of instances.",
        ),
    ],
)
def test_a_body_that_does_not_match_the_signature_is_refused(body: Any, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        parse(body)
    assert (caught.value.status, caught.value.message) == (400, message)


def test_the_largest_exact_integer_of_a_float_is_allowed() -> None:
    body = {"signature_name": "weigh", "inputs": {"values": [[16777215, 2]], "scale": [1]}}
    assert parse(body)["values"] == [[16777215.0, 2.0]]
