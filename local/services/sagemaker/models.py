"""Models, which endpoints serve."""

from __future__ import annotations

import time
from dataclasses import dataclass

from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.sagemaker.packages import Packages
from local.services.settings import Settings


@dataclass(frozen=True)
class Container:
    """Image, model and environment of a model server.

    Attributes:
        model_data_url: S3 address of the model.tar.gz.
        environment: Environment variables; the model's take precedence over the package's.
        role: ARN of the model's execution role.
    """

    image: str
    model_data_url: str
    environment: dict[str, str]
    role: str | None = None


class Models:
    """The model operations."""

    def __init__(self, settings: Settings, packages: Packages) -> None:
        """Starts without models."""
        self._settings = settings
        self._packages = packages
        self._models: dict[str, JsonObject] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreateModel": self.create,
            "DescribeModel": self.describe,
            "DeleteModel": self.delete,
        }

    def require(self, name: str) -> JsonObject:
        """Finds a model.

        Raises:
            ValidationError: There is none.
        """
        model = self._models.get(name)
        if model is None:
            raise ValidationError(f'Could not find model "{self._arn(name)}".')
        return model

    def container(self, name: str) -> Container:
        """Returns the container of a model, completed from its model package."""
        return self._container(self.require(name))

    async def create(self, request: JsonObject) -> JsonObject:
        """Creates a model; its container has to be complete."""
        name = request["ModelName"]
        arn = self._arn(name)
        if name in self._models:
            raise ValidationError(f'Cannot create already existing model "{arn}".')
        self._container(request)
        kept = {key: value for key, value in request.items() if key != "Tags"}
        self._models[name] = {**kept, "ModelArn": arn, "CreationTime": time.time()}
        return {"ModelArn": arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one model."""
        return self.require(request["ModelName"])

    async def delete(self, request: JsonObject) -> JsonObject:
        """Deletes a model; endpoints continue to serve it."""
        del self._models[self.require(request["ModelName"])["ModelName"]]
        return {}

    def _container(self, model: JsonObject) -> Container:
        given = model.get("PrimaryContainer")
        if given is None:
            raise ValidationError(
                f'Model "{model["ModelName"]}": the stand-in for SageMaker serves one container; '
                "give PrimaryContainer."
            )
        packaged: JsonObject = {}
        if "ModelPackageName" in given:
            package = self._packages.require(given["ModelPackageName"])
            packaged = package.get("InferenceSpecification", {}).get("Containers", [{}])[0]
        image = given.get("Image", packaged.get("Image"))
        data = given.get("ModelDataUrl", packaged.get("ModelDataUrl"))
        if image is None or data is None:
            raise ValidationError(
                f'Model "{model["ModelName"]}": give a ModelPackageName, or Image and ModelDataUrl.'
            )
        environment = {**packaged.get("Environment", {}), **given.get("Environment", {})}
        return Container(image, data, environment, model.get("ExecutionRoleArn"))

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"model/{name}")
