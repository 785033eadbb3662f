"""What was looked at and found right, each with its reason. An entry nothing needs fails a test."""

from __future__ import annotations

import json

from tests.python.aws_models.plans import REPOSITORY

# Actions that may name the resource `*`, each with its reason, because IAM demands none for them
# (Service Authorization Reference; the test asks parliament's copy of it).
ACTIONS_WITHOUT_RESOURCE: dict[str, str] = json.loads(
    (REPOSITORY / "policy" / "actions-without-resource.json").read_text()
)

# Patterns of resources that end in a wildcard.
OPEN_RESOURCES = {
    r"arn:aws:s3:::[^*/]+/[^*]+/\*": "Objects below one prefix of one bucket.",
    r"arn:aws:s3:::[^*/]*access-logs-[0-9a-f]{7}/\*": "A bucket that holds access logs alone.",
    r"arn:aws:sagemaker:[^*]+:model-package/[^*/]+/\*": "The versions of one package group.",
    r"arn:aws:sagemaker:[^*]+:pipeline/[^*/]+/execution/\*": "The executions of one pipeline.",
    r"arn:aws:sagemaker:[^*]+:(training|processing)-job/pipelines-\*": (
        "SageMaker names the jobs of a pipeline: pipelines-<execution>-<step>-<suffix>."
    ),
    r"arn:aws:logs:[^*]+:log-group:/aws/sagemaker/(Training|Processing)Jobs:\*": (
        "The streams of one group; SageMaker names them after the job."
    ),
    r"arn:aws:logs:[^*]+:log-group:/aws/sagemaker/Endpoints/\*": (
        "SageMaker names the group after the endpoint, whose name has a hash of its kind."
    ),
    r"arn:aws:ec2:[^*]+:network-interface/\*": (
        "An interface has no name before SageMaker has made it."
    ),
}

# Findings of parliament that are none: its title, a part of the place and why.
FINDINGS = [
    (
        "MISMATCHED_TYPE_BUT_USABLE",
        "-policy.policy",
        "The bucket policies compare the key's ARN as text on purpose: an id or an alias in the "
        "header is another key than the bucket's own, and ArnNotEquals would say nothing of it.",
    ),
]
