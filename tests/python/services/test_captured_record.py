"""Lines of data capture, and their objects in S3."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from local.services.runtime.captured_record import Payload, captured_line, captured_uri

REQUEST = Payload("application/json", b'{"instances": []}')
ANSWER = Payload("application/json; charset=utf-8", b'{"predictions": []}')


def config(*modes: str, **members: Any) -> dict[str, Any]:
    return {
        "InitialSamplingPercentage": 100,
        "DestinationS3Uri": "s3://lake/data-capture/",
        "CaptureOptions": [{"CaptureMode": mode} for mode in modes],
        "CaptureContentTypeHeader": {"JsonContentTypes": ["application/json"]},
        **members,
    }


def test_line_has_request_and_response_as_json() -> None:
    line = json.loads(captured_line(config("Input", "Output"), REQUEST, ANSWER, 0))
    assert line["captureData"] == {
        "endpointInput": {
            "observedContentType": "application/json",
            "mode": "INPUT",
            "data": '{"instances": []}',
            "encoding": "JSON",
        },
        "endpointOutput": {
            "observedContentType": "application/json; charset=utf-8",
            "mode": "OUTPUT",
            "data": '{"predictions": []}',
            "encoding": "JSON",
        },
    }
    assert line["eventMetadata"]["inferenceTime"] == "1970-01-01T00:00:00Z"
    assert line["eventVersion"] == "0"


@pytest.mark.parametrize(
    ("modes", "sides"),
    [
        (["Input"], {"endpointInput"}),
        (["Output"], {"endpointOutput"}),
        (["InputAndOutput"], {"endpointInput", "endpointOutput"}),
    ],
)
def test_line_has_what_the_configuration_captures(modes: list[str], sides: set[str]) -> None:
    line = json.loads(captured_line(config(*modes), REQUEST, ANSWER, 0))
    assert set(line["captureData"]) == sides


def test_body_without_a_json_content_type_is_base64() -> None:
    line = json.loads(
        captured_line(config("Input", CaptureContentTypeHeader={}), REQUEST, ANSWER, 0)
    )
    assert line["captureData"]["endpointInput"]["encoding"] == "BASE64"
    assert line["captureData"]["endpointInput"]["data"] == "eyJpbnN0YW5jZXMiOiBbXX0="


def test_objects_are_named_by_endpoint_variant_and_hour() -> None:
    uri = captured_uri(config("Input"), "sentiment", "main", 3661)
    assert re.fullmatch(
        r"s3://lake/data-capture/sentiment/main/1970/01/01/01/01-01-[0-9a-f-]{36}\.jsonl", uri
    )
