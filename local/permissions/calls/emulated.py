"""Calls of the small services that moto answers, as questions to IAM."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from local.permissions.calls.call import Call
from local.permissions.calls.unknown import UnknownCall
from local.permissions.place import Place

Members = Mapping[str, Any]
_Calls = Callable[[Members, Place, Mapping[str, str]], Iterator[Call]]


def emulated_calls(
    service: str, operation: str, members: Members, place: Place, keys: Mapping[str, str]
) -> list[Call]:
    """Returns everything that has to be allowed; nothing where no permission is needed.

    Args:
        service: As signatures name it, for example `monitoring`.
        operation: Name of the operation.
        members: Of the request.
        place: The run's.
        keys: ARNs of customer keys by ARN of what they encrypt.

    Raises:
        UnknownCall: Nobody has said what the call needs.
    """
    if (service, operation) not in _CALLS:
        raise UnknownCall(f"{operation} of {service}", "emulated.py")
    return list(_CALLS[service, operation](members, place, keys))


def _secret(members: Members, place: Place, keys: Mapping[str, str]) -> Iterator[Call]:
    arn = str(members["SecretId"])
    yield Call("secretsmanager:GetSecretValue", arn)
    if arn in keys:
        context = {
            "kms:viaservice": f"secretsmanager.{place.region}.amazonaws.com",
            "kms:encryptioncontext:secretarn": arn,
        }
        yield Call("kms:Decrypt", keys[arn], context)


def _metrics(members: Members, _place: Place, _keys: Mapping[str, str]) -> Iterator[Call]:
    # The namespace is all that can be held to: the action knows no resources.
    context = {"cloudwatch:namespace": str(members["Namespace"])}
    yield Call("cloudwatch:PutMetricData", "*", context)


def _alarms(members: Members, place: Place, _keys: Mapping[str, str]) -> Iterator[Call]:
    # Service Authorization Reference, DescribeAlarms: without names it is about every alarm.
    for name in _list(members, "AlarmNames") or ["*"]:
        yield Call("cloudwatch:DescribeAlarms", place.arn("cloudwatch", f"alarm:{name}"))


def _metric_values(_members: Members, _place: Place, _keys: Mapping[str, str]) -> Iterator[Call]:
    yield Call("cloudwatch:GetMetricData", "*")


def _list(members: Members, name: str) -> list[str]:
    """A list of texts, which CloudWatch's older protocol sends as a member for each."""
    if name in members:
        return [str(one) for one in members[name]]
    return [str(one) for key, one in members.items() if key.startswith(f"{name}.member.")]


def _nothing(_members: Members, _place: Place, _keys: Mapping[str, str]) -> Iterator[Call]:
    # STS API reference, GetCallerIdentity: no permissions are required, and none can be denied.
    yield from ()


_CALLS: dict[tuple[str, str], _Calls] = {
    ("secretsmanager", "GetSecretValue"): _secret,
    ("monitoring", "DescribeAlarms"): _alarms,
    ("monitoring", "GetMetricData"): _metric_values,
    ("monitoring", "PutMetricData"): _metrics,
    ("sts", "GetCallerIdentity"): _nothing,
}
