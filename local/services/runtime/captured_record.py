"""The line that data capture writes for an invocation, and its object in S3. Pure.

Shapes: "Capture data from real-time endpoint", SageMaker developer guide.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass

from local.services.protocol.handler import JsonObject


@dataclass(frozen=True)
class Payload:
    """The body of a request or of a response."""

    content_type: str
    body: bytes


def captured_line(
    config: JsonObject, request: Payload, answer: Payload, inference_time: float
) -> str:
    """Builds the line of an invocation.

    Args:
        config: The endpoint configuration's DataCaptureConfig.
        request: The request.
        answer: The response of the model.
        inference_time: Seconds since 1970.
    """
    modes = {option["CaptureMode"] for option in config["CaptureOptions"]}
    header = config.get("CaptureContentTypeHeader", {})
    data: JsonObject = {}
    if modes & {"Input", "InputAndOutput"}:
        data["endpointInput"] = _side("INPUT", request, header)
    if modes & {"Output", "InputAndOutput"}:
        data["endpointOutput"] = _side("OUTPUT", answer, header)
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(inference_time))
    metadata = {"eventId": str(uuid.uuid4()), "inferenceTime": moment}
    return json.dumps({"captureData": data, "eventMetadata": metadata, "eventVersion": "0"})


def captured_uri(config: JsonObject, endpoint: str, variant: str, moment: float) -> str:
    """Names the object for lines of a moment: a folder for each hour, a file for each upload."""
    hour = time.strftime("%Y/%m/%d/%H", time.gmtime(moment))
    file = time.strftime("%M-%S", time.gmtime(moment))
    base = config["DestinationS3Uri"].rstrip("/")
    return f"{base}/{endpoint}/{variant}/{hour}/{file}-{uuid.uuid4()}.jsonl"


def _side(mode: str, payload: Payload, header: JsonObject) -> JsonObject:
    kind = payload.content_type.partition(";")[0].strip().lower()
    if kind in header.get("JsonContentTypes", []):
        encoding, data = "JSON", payload.body.decode(errors="replace")
    elif kind in header.get("CsvContentTypes", []):
        encoding, data = "CSV", payload.body.decode(errors="replace")
    else:
        encoding, data = "BASE64", base64.b64encode(payload.body).decode()
    return {
        "observedContentType": payload.content_type,
        "mode": mode,
        "data": data,
        "encoding": encoding,
    }
