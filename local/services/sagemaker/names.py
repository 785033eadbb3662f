"""Names and ARNs; the SageMaker API accepts one for the other. Pure."""

from __future__ import annotations

import secrets
import string
import time

from local.services.protocol.handler import JsonObject

_ALPHABET = string.ascii_lowercase + string.digits
LONGEST_JOB_NAME = 63


def name_of(name_or_arn: str) -> str:
    """Returns the last part of an ARN, or the name itself."""
    return name_or_arn.rpartition("/")[2] if name_or_arn.startswith("arn:") else name_or_arn


def random_id(length: int = 12) -> str:
    """Returns an id of lower-case letters and digits, like SageMaker's."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def job_name(execution_id: str, step: str) -> str:
    """Names the job of a pipeline's step as SageMaker does: execution, step, random end."""
    end = f"-{random_id(10)}"
    readable = "".join(letter if letter.isalnum() else "-" for letter in step)
    start = f"pipelines-{execution_id}-{readable}"
    return start[: LONGEST_JOB_NAME - len(end)].rstrip("-") + end


def in_time_range(request: JsonObject, created: float) -> bool:
    """Returns whether a time is between CreationTimeAfter and CreationTimeBefore of a request."""
    after = float(request.get("CreationTimeAfter", 0))
    before = float(request.get("CreationTimeBefore", time.time() + 1))
    return after <= created <= before


def present(**members: object) -> JsonObject:
    """Builds an answer without the members that are None, as AWS does."""
    return {name: value for name, value in members.items() if value is not None}
