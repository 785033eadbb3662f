"""The endpoint operations."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.pagination import page
from local.services.sagemaker.alarms_and_scaling import AlarmsAndScaling
from local.services.sagemaker.deployment import Deployments
from local.services.sagemaker.endpoint import DELETING, FAILED, IN_SERVICE, UPDATING, Endpoint
from local.services.sagemaker.endpoint_configs import EndpointConfigs, is_serverless
from local.services.sagemaker.fleet import Fleet, ServerStarter, Variant
from local.services.sagemaker.model_server import ServerFailed
from local.services.sagemaker.models import Models
from local.services.sagemaker.names import in_time_range, present, random_id
from local.services.settings import Settings


class Endpoints:
    """The endpoints of this run."""

    def __init__(
        self,
        settings: Settings,
        models: Models,
        configs: EndpointConfigs,
        starter: ServerStarter,
    ) -> None:
        """Starts without endpoints."""
        self._settings = settings
        self._models = models
        self._configs = configs
        self._starter = starter
        self._alarms_and_scaling = AlarmsAndScaling(settings)
        self._deployments = Deployments(self._alarms_and_scaling, settings.roles)
        self._endpoints: dict[str, Endpoint] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "CreateEndpoint": self.create,
            "UpdateEndpoint": self.update,
            "UpdateEndpointWeightsAndCapacities": self.update_capacities,
            "DescribeEndpoint": self.describe,
            "ListEndpoints": self.list,
            "DeleteEndpoint": self.delete,
        }

    def find(self, name: str) -> Endpoint | None:
        """Finds an endpoint; upper and lower case of names do not differ."""
        return self._endpoints.get(name.lower())

    async def create(self, request: JsonObject) -> JsonObject:
        """Starts the creation of an endpoint."""
        name = request["EndpointName"]
        arn = self._arn(name)
        if self.find(name) is not None:
            raise ValidationError(f'Cannot create already existing endpoint "{arn}".')
        config = self._configs.require(request["EndpointConfigName"])
        fleet = self._fleet(name, config)
        endpoint = Endpoint(name, arn, config["EndpointConfigName"])
        endpoint.deployment = request.get("DeploymentConfig")
        self._endpoints[name.lower()] = endpoint
        self._begin(endpoint, self._deployments.create(endpoint, fleet))
        return {"EndpointArn": arn}

    async def update(self, request: JsonObject) -> JsonObject:
        """Starts a deployment of another configuration."""
        endpoint = self._require_changeable(request["EndpointName"])
        config = self._configs.require(request["EndpointConfigName"])
        await self._refuse_what_sagemaker_refuses(endpoint, config)
        fleet = self._fleet(endpoint.name, config)
        if request.get("RetainAllVariantProperties") and endpoint.active is not None:
            _retain(endpoint.active, fleet)
        deployment = endpoint.deployment = request.get("DeploymentConfig")
        endpoint.change(UPDATING)
        self._begin(endpoint, self._deployments.update(endpoint, fleet, deployment or {}))
        return {"EndpointArn": endpoint.arn}

    async def update_capacities(self, request: JsonObject) -> JsonObject:
        """Changes weights immediately, and instance counts in the background."""
        endpoint = self._require_changeable(request["EndpointName"])
        fleet = endpoint.active
        changes = request["DesiredWeightsAndCapacities"]
        unknown = [
            change["VariantName"]
            for change in changes
            if fleet is None or change["VariantName"] not in fleet.variants
        ]
        if fleet is None or unknown:
            raise ValidationError(f"The endpoint has no variant {', '.join(unknown)}.")
        endpoint.change(UPDATING)
        self._begin(endpoint, _apply(endpoint, fleet, changes))
        return {"EndpointArn": endpoint.arn}

    async def describe(self, request: JsonObject) -> JsonObject:
        """Answers with one endpoint."""
        return self._require(request["EndpointName"]).describe()

    async def list(self, request: JsonObject) -> JsonObject:
        """Lists endpoints, newest first unless asked otherwise."""
        found = [
            endpoint
            for endpoint in self._endpoints.values()
            if request.get("NameContains", "") in endpoint.name
            and request.get("StatusEquals") in (None, endpoint.status)
            and in_time_range(request, endpoint.created)
        ]
        if request.get("SortOrder", "Descending") == "Descending":
            found.reverse()
        items, token = page(found, request.get("NextToken"), request.get("MaxResults", 100))
        return present(Endpoints=[endpoint.summary() for endpoint in items], NextToken=token)

    async def delete(self, request: JsonObject) -> JsonObject:
        """Starts to delete an endpoint."""
        endpoint = self._require(request["EndpointName"])
        if endpoint.status not in (IN_SERVICE, FAILED):
            raise ValidationError(f'Cannot update in-progress endpoint "{endpoint.arn}".')
        endpoint.change(DELETING)
        self._begin(endpoint, self._delete(endpoint))
        return {}

    async def _delete(self, endpoint: Endpoint) -> None:
        fleet, endpoint.active = endpoint.active, None
        if fleet is not None:
            await fleet.stop()
        del self._endpoints[endpoint.name.lower()]

    def _begin(self, endpoint: Endpoint, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[endpoint.name] = task
        task.add_done_callback(lambda _: self._tasks.pop(endpoint.name, None))

    async def stop_all(self) -> None:
        """Cancels deployments and stops every server."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        fleets = [
            fleet
            for endpoint in self._endpoints.values()
            for fleet in (endpoint.active, endpoint.candidate)
            if fleet is not None
        ]
        await asyncio.gather(*(fleet.stop() for fleet in fleets))

    def _fleet(self, name: str, config: JsonObject) -> Fleet:
        config_name = config["EndpointConfigName"]
        base = self._settings.run_directory / "sagemaker" / "endpoints" / name
        directory = base / f"{config_name}-{random_id(4)}"
        variants = [
            self._variant(variant, directory, config.get("DataCaptureConfig"))
            for variant in config["ProductionVariants"]
        ]
        return Fleet(config_name, variants, self._starter)

    def _variant(self, config: JsonObject, directory: Path, capture: JsonObject | None) -> Variant:
        container = self._models.container(config["ModelName"])
        return Variant(config, container, directory / config["VariantName"], capture)

    def _require(self, name: str) -> Endpoint:
        endpoint = self.find(name)
        if endpoint is None:
            raise ValidationError(f'Could not find endpoint "{self._arn(name)}".')
        return endpoint

    def _require_changeable(self, name: str) -> Endpoint:
        endpoint = self._require(name)
        if endpoint.status == FAILED:
            raise ValidationError(
                f'Cannot update failed endpoint "{endpoint.arn}"; delete it and create it again.'
            )
        if endpoint.status != IN_SERVICE:
            raise ValidationError(f'Cannot update in-progress endpoint "{endpoint.arn}".')
        return endpoint

    async def _refuse_what_sagemaker_refuses(self, endpoint: Endpoint, new: JsonObject) -> None:
        if endpoint.active is None:
            return
        old = [variant.config for variant in endpoint.active.variants.values()]
        if is_serverless({"ProductionVariants": old}) != is_serverless(new):
            raise ValidationError(
                f'Endpoint "{endpoint.arn}" cannot change between serverless and instances; '
                "create another endpoint."
            )
        types = {variant["VariantName"]: variant.get("InstanceType") for variant in old}
        for variant in new["ProductionVariants"]:
            name = variant["VariantName"]
            changed = name in types and variant.get("InstanceType") != types[name]
            if changed and await self._alarms_and_scaling.is_autoscaled(endpoint.name, name):
                raise ValidationError(
                    f'Variant "{name}" of endpoint "{endpoint.arn}" is registered for autoscaling; '
                    "its instance type cannot change until it is deregistered."
                )

    def _arn(self, name: str) -> str:
        return self._settings.arn("sagemaker", f"endpoint/{name}")


def _retain(old: Fleet, new: Fleet) -> None:
    for name, variant in new.variants.items():
        former = old.variants.get(name)
        if former is None or "ServerlessConfig" in variant.config:
            continue
        variant.desired = former.desired
        variant.weight = former.weight


async def _apply(endpoint: Endpoint, fleet: Fleet, changes: list[JsonObject]) -> None:
    reason = None
    for change in changes:
        variant = fleet.variants[change["VariantName"]]
        variant.weight = float(change.get("DesiredWeight", variant.weight))
        try:
            await fleet.scale(variant, int(change.get("DesiredInstanceCount", variant.desired)))
        except ServerFailed as error:
            variant.desired = len(variant.servers)
            reason = str(error)
    endpoint.change(IN_SERVICE, reason)
