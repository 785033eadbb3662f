"""What EventBridge Scheduler does with a schedule's role.

EventBridge Scheduler user guide, "Execution role" and "Using universal targets".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from local.permissions.calls.call import Call
from local.permissions.calls.service_requests import service_request_calls
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

_UNIVERSAL = re.compile(r"^arn:[\w-]+:scheduler:::aws-sdk:(?P<service>\w+):(?P<operation>\w+)$")
_PIPELINE = re.compile(r"^arn:[\w-]+:sagemaker:[^:]*:\d+:pipeline/(?P<name>.+)$")

# The AWS SDK's names of services, which universal targets have, and IAM's.
_IAM_NAMES = {"emr": "elasticmapreduce", "sagemaker": "sagemaker"}


def schedule_calls(target: Mapping[str, Any], place: Place) -> list[Call]:
    """Returns what firing takes, and keeping what could not be delivered.

    Args:
        target: The schedule's.
        place: The run's.

    Raises:
        UnknownCall: Nobody has said what the target needs.
    """
    dead_letters = target.get("DeadLetterConfig", {}).get("Arn")
    kept = [] if dead_letters is None else [Call("sqs:SendMessage", dead_letters)]
    return [*_target_calls(target, place), *kept]


def _target_calls(target: Mapping[str, Any], place: Place) -> list[Call]:
    arn = str(target["Arn"])
    pipeline = _PIPELINE.match(arn)
    if pipeline is not None:
        parameters = {"PipelineName": pipeline["name"]}
        return service_request_calls("sagemaker", "StartPipelineExecution", parameters, place)
    universal = _UNIVERSAL.match(arn)
    if universal is None or universal["service"] not in _IAM_NAMES:
        raise UnknownCall(f"a schedule's target {arn}", "schedules.py")
    operation = universal["operation"][:1].upper() + universal["operation"][1:]
    request = json.loads(target.get("Input", "{}"))
    return service_request_calls(_IAM_NAMES[universal["service"]], operation, request, place)
