"""One endpoint: its fleets, its state, and the choice of a server for a request."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from local.services.protocol.handler import JsonObject
from local.services.sagemaker.fleet import Fleet, Variant
from local.services.sagemaker.model_server import ModelServer
from local.services.sagemaker.names import present

CREATING = "Creating"
IN_SERVICE = "InService"
UPDATING = "Updating"
ROLLING_BACK = "RollingBack"
DELETING = "Deleting"
FAILED = "Failed"

LONGEST_FAILURE_REASON = 1024
"""Characters of a FailureReason."""


@dataclass
class Endpoint:
    """An endpoint.

    Attributes:
        config_name: The configuration that serves, or that failed to.
        active: The fleet that serves.
        candidate: The fleet that is to take over.
        share: Current share of requests for the candidate, 0 to 1.
    """

    name: str
    arn: str
    config_name: str
    status: str = CREATING
    failure_reason: str | None = None
    active: Fleet | None = None
    candidate: Fleet | None = None
    share: float = 0.0
    pending_config: str | None = None
    deployment: JsonObject | None = None
    created: float = field(default_factory=time.time)
    modified: float = field(default_factory=time.time)

    def change(self, status: str, reason: str | None = None) -> None:
        """Sets a new status, and the reason of a failure or none."""
        self.status, self.modified = status, time.time()
        self.failure_reason = None if reason is None else reason[:LONGEST_FAILURE_REASON]

    def pick(self, target_variant: str | None) -> tuple[Variant, ModelServer] | None:
        """Chooses the server for one request; None if there is none."""
        fleet = self.active
        if self.candidate is not None and (self.share >= 1 or random.random() < self.share):
            fleet = self.candidate
        if fleet is None:
            return None
        variant = _choose(fleet, target_variant)
        server = None if variant is None else variant.next_server()
        return None if variant is None or server is None else (variant, server)

    def describe(self) -> JsonObject:
        """Answers DescribeEndpoint."""
        pending = self.pending_config and {
            "EndpointConfigName": self.pending_config,
            "StartTime": self.modified,
        }
        return present(
            EndpointName=self.name,
            EndpointArn=self.arn,
            EndpointConfigName=self.config_name,
            ProductionVariants=None if self.active is None else _variants(self.active),
            EndpointStatus=self.status,
            FailureReason=self.failure_reason,
            CreationTime=self.created,
            LastModifiedTime=self.modified,
            LastDeploymentConfig=self.deployment,
            PendingDeploymentSummary=pending or None,
        )

    def summary(self) -> JsonObject:
        """Answers one item of ListEndpoints."""
        return {
            "EndpointName": self.name,
            "EndpointArn": self.arn,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
            "EndpointStatus": self.status,
        }


def _choose(fleet: Fleet, target: str | None) -> Variant | None:
    if target is not None:
        return fleet.variants.get(target)
    variants = list(fleet.variants.values())
    if len(variants) == 1:
        return variants[0]
    weights = [variant.weight for variant in variants]
    return random.choices(variants, weights)[0] if sum(weights) > 0 else None


def _variants(fleet: Fleet) -> list[JsonObject]:
    described = []
    for variant in fleet.variants.values():
        serverless = variant.config.get("ServerlessConfig")
        described.append(
            present(
                VariantName=variant.name,
                DeployedImages=[{"SpecifiedImage": variant.container.image}],
                CurrentWeight=variant.weight,
                DesiredWeight=variant.weight,
                CurrentInstanceCount=0 if serverless else len(variant.servers),
                DesiredInstanceCount=0 if serverless else variant.desired,
                CurrentServerlessConfig=serverless,
                DesiredServerlessConfig=serverless,
            )
        )
    return described
