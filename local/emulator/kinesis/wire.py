"""Kinesis's two wire formats: JSON, and CBOR, which the AWS SDK for Java speaks.

In JSON a blob is base64 text and a time is a number of seconds. In CBOR a blob is a byte string and
a time is tag 1 with **milliseconds**, where RFC 8949 has seconds: this is how versions 1 and 2 of
the SDK for Java write and read it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cbor2

JSON = "application/x-amz-json-1.1"
CBOR = "application/x-amz-cbor-1.1"

_TIME_TAG = 1


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a request or a response.

    Attributes:
        milliseconds: Since 1970.
    """

    milliseconds: int


class MalformedRequest(Exception):
    """The body does not have the format of its content type."""


def decode(content_type: str, body: bytes) -> dict[str, Any]:
    """Returns the parameters of a request; a blob in JSON is still text, see `blob`.

    Raises:
        MalformedRequest: The body cannot be read.
    """
    try:
        if content_type == CBOR:
            found = cbor2.loads(body, semantic_decoders={_TIME_TAG: _decode_time})
        else:
            found = json.loads(body or b"{}")
    except (cbor2.CBORError, ValueError) as error:
        raise MalformedRequest(str(error)) from None
    if not isinstance(found, dict):
        raise MalformedRequest("The body is not an object.")
    return found


def encode(content_type: str, value: dict[str, Any]) -> bytes:
    """Returns the body of a response; members that are None are left out."""
    present = {name: member for name, member in value.items() if member is not None}
    if content_type == CBOR:
        return cbor2.dumps(present, encoders=_CBOR_ENCODERS)
    return json.dumps(present, default=_json_value, separators=(",", ":")).encode()


def blob(value: Any) -> bytes:
    """Returns the bytes of a blob as `decode` left it."""
    return value if isinstance(value, bytes) else base64.b64decode(value)


def time(value: Any) -> Time:
    """Returns the time of a request's member as `decode` left it."""
    return value if isinstance(value, Time) else Time(round(float(value) * 1000))


def _decode_time(milliseconds: Any, _immutable: bool) -> Time:
    return Time(round(milliseconds))


def _encode_time(encoder: cbor2.CBOREncoder, value: Any) -> None:
    encoder.encode(cbor2.CBORTag(_TIME_TAG, value.milliseconds))


_CBOR_ENCODERS: dict[type, Callable[[cbor2.CBOREncoder, Any], Any]] = {Time: _encode_time}


def _json_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Time):
        return value.milliseconds / 1000
    raise TypeError(f"{type(value).__name__} has no form in JSON.")
