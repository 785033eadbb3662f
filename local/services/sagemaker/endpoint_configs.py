"""Endpoint configurations."""

from __future__ import annotations

import time

from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.sagemaker.models import Models
from local.services.settings import Settings


class EndpointConfigs:
    """The endpoint configuration operations."""

    def __init__(self, settings: Settings, models: Models) -> None:
        """Starts without configurations."""
        self._settings = settings
        self._models = models
        self._configs: dict[str, JsonObject] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreateEndpointConfig": self.create,
            "DescribeEndpointConfig": self.describe,
            "DeleteEndpointConfig": self.delete,
        }

    def require(self, name: str) -> JsonObject:
        """Finds a configuration.

        Raises:
            ValidationError: There is none.
        """
        config = self._configs.get(name)
        if config is None:
            raise ValidationError(f'Could not find endpoint configuration "{self._arn(name)}".')
        return config

    async def create(self, request: JsonObject) -> JsonObject:
        """Creates a configuration; its models have to exist."""
        name = request["EndpointConfigName"]
        arn = self._arn(name)
        if name in self._configs:
            raise ValidationError(f'Cannot create already existing endpoint configuration "{arn}".')
        problems = config_problems(request)
        if problems:
            raise ValidationError(" ".join(problems))
        models = [
            self._models.require(variant["ModelName"]) for variant in request["ProductionVariants"]
        ]
        problems = serverless_model_problems(models) if is_serverless(request) else []
        if problems:
            raise ValidationError(" ".join(problems))
        kept = {key: value for key, value in request.items() if key != "Tags"}
        kept["ProductionVariants"] = [
            {"InitialVariantWeight": 1.0, **variant} for variant in request["ProductionVariants"]
        ]
        self._configs[name] = {**kept, "EndpointConfigArn": arn, "CreationTime": time.time()}
        return {"EndpointConfigArn": arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one configuration."""
        return self.require(request["EndpointConfigName"])

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes a configuration, even if an endpoint uses it, as SageMaker does."""
        config = self.require(request["EndpointConfigName"])
        del self._configs[config["EndpointConfigName"]]
        return {}

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"endpoint-config/{name}")


def is_serverless(config: JsonObject) -> bool:
    """Returns whether a configuration is in serverless mode."""
    return any("ServerlessConfig" in variant for variant in config["ProductionVariants"])


def config_problems(request: JsonObject) -> list[str]:
    """Lists why SageMaker would refuse a configuration of the right shape. Pure.

    Serverless inference excludes data capture, network isolation, VPC and several variants
    ("Serverless Inference", feature exclusions).
    """
    problems = []
    variants = request["ProductionVariants"]
    names = [variant["VariantName"] for variant in variants]
    if len(set(names)) < len(names):
        problems.append("The variant names of an endpoint configuration must be unique.")
    for variant in variants:
        name = variant["VariantName"]
        if "ModelName" not in variant:
            problems.append(f'Variant "{name}" needs a ModelName.')
        serverless = "ServerlessConfig" in variant
        if serverless == ("InstanceType" in variant):
            problems.append(f'Variant "{name}" needs either InstanceType or ServerlessConfig.')
        elif not serverless and variant.get("InitialInstanceCount", 0) < 1:
            problems.append(f'Variant "{name}" needs an InitialInstanceCount of at least 1.')
    if is_serverless(request):
        if len(variants) > 1:
            problems.append("A serverless endpoint configuration has exactly one variant.")
        for member, what in (
            ("DataCaptureConfig", "data capture"),
            ("VpcConfig", "a VPC"),
            ("KmsKeyId", "a KMS key"),
        ):
            if member in request:
                problems.append(f"A serverless endpoint cannot have {what}: leave {member} out.")
        if request.get("EnableNetworkIsolation"):
            problems.append("A serverless endpoint cannot have network isolation.")
    return problems


def serverless_model_problems(models: list[JsonObject]) -> list[str]:
    """Lists why models may not be used by a serverless endpoint. Pure.

    VPC and network isolation are settings of the model, not of the configuration.
    """
    problems = []
    for model in models:
        name = model["ModelName"]
        if "VpcConfig" in model:
            problems.append(
                f'A serverless endpoint cannot have a VPC: leave VpcConfig out of model "{name}".'
            )
        if model.get("EnableNetworkIsolation"):
            problems.append(
                "A serverless endpoint cannot have network isolation: "
                f'leave EnableNetworkIsolation out of model "{name}".'
            )
    return problems
