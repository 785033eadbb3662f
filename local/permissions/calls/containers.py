"""What SageMaker does in the name of a job's or a model's role, beside S3.

SageMaker developer guide, "How to use SageMaker execution roles".
"""

from __future__ import annotations

from local.permissions.calls.call import Call
from local.permissions.place import Place

_PULL = ("BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer")


def container_calls(place: Place, image: str | None, group: str, namespace: str) -> list[Call]:
    """Returns what a container takes: its image, its log, its metrics.

    Args:
        place: The run's.
        image: Address in a registry; None where the job names none.
        group: Name of its log group.
        namespace: Of its metrics.
    """
    log_group = place.arn("logs", f"log-group:{group}")
    stream = f"{log_group}:log-stream:name/instance"
    return [
        *([] if image is None else _image_calls(image)),
        Call("logs:CreateLogGroup", f"{log_group}:*"),
        Call("logs:DescribeLogStreams", f"{log_group}:*"),
        Call("logs:CreateLogStream", stream),
        Call("logs:PutLogEvents", stream),
        Call("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": namespace}),
    ]


def output_key_calls(key_arn: str | None) -> list[Call]:
    """Returns what SageMaker asks before it writes a model under a key (OutputDataConfig)."""
    return [] if not key_arn else [Call("kms:Encrypt", key_arn)]


def alarm_calls(place: Place, names: list[str]) -> list[Call]:
    """Returns what looking at rollback alarms takes."""
    return [
        Call("cloudwatch:DescribeAlarms", place.arn("cloudwatch", f"alarm:{name}"))
        for name in names
    ]


def _image_calls(image: str) -> list[Call]:
    registry, _, rest = image.partition("/")
    parts = registry.split(".")
    if ".dkr.ecr." not in registry or len(parts) < 4:
        return []
    repository = f"arn:aws:ecr:{parts[3]}:{parts[0]}:repository/{rest.split(':')[0]}"
    return [
        Call("ecr:GetAuthorizationToken", "*"),
        *(Call(f"ecr:{action}", repository) for action in _PULL),
    ]
