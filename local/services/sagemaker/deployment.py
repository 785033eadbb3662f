"""Deploys endpoint configurations: creates, updates with a traffic shift, rolls back."""

from __future__ import annotations

import asyncio
import logging
import time

from local.permissions.calls.containers import alarm_calls
from local.services.permissions.roles import AccessDenied, Roles
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.alarms_and_scaling import AlarmsAndScaling
from local.services.sagemaker.endpoint import (
    FAILED,
    IN_SERVICE,
    ROLLING_BACK,
    UPDATING,
    Endpoint,
)
from local.services.sagemaker.fleet import Fleet, FleetFailed
from local.services.sagemaker.traffic_shift import plan_shift

WATCH_INTERVAL_SECONDS = 0.5

log = logging.getLogger(__name__)


class Deployments:
    """Runs deployments of endpoints."""

    def __init__(self, alarms_and_scaling: AlarmsAndScaling, roles: Roles) -> None:
        """Takes what reads the state of rollback alarms, and the deployed roles."""
        self._alarms_and_scaling = alarms_and_scaling
        self._roles = roles

    async def create(self, endpoint: Endpoint, fleet: Fleet) -> None:
        """Creates an endpoint, which is then InService, or Failed with the reason."""
        log.info("Endpoint %s is being created.", endpoint.name)
        try:
            await fleet.start()
        except FleetFailed as error:
            endpoint.change(FAILED, str(error))
            log.warning("Endpoint %s failed: %s", endpoint.name, error)
            return
        endpoint.active = fleet
        endpoint.change(IN_SERVICE)
        log.info("Endpoint %s is in service.", endpoint.name)

    async def update(self, endpoint: Endpoint, fleet: Fleet, deployment: JsonObject) -> None:
        """Moves an endpoint to a new fleet; if that fails, the old one serves on."""
        old = endpoint.active
        endpoint.change(UPDATING)
        endpoint.pending_config = fleet.config_name
        log.info("Endpoint %s: %s is to serve.", endpoint.name, fleet.config_name)
        try:
            await fleet.start()
            await self._shift(endpoint, fleet, deployment)
        except FleetFailed as error:
            await self._roll_back(endpoint, fleet, str(error))
            return
        endpoint.active, endpoint.candidate, endpoint.share = fleet, None, 0.0
        endpoint.config_name, endpoint.pending_config = fleet.config_name, None
        if old is not None:
            await old.stop()
        endpoint.change(IN_SERVICE)
        log.info("Endpoint %s: %s serves.", endpoint.name, fleet.config_name)

    async def _shift(self, endpoint: Endpoint, fleet: Fleet, deployment: JsonObject) -> None:
        instances = sum(variant.desired for variant in fleet.variants.values())
        plan = plan_shift(deployment, instances)
        rollback = deployment.get("AutoRollbackConfiguration", {})
        alarms = [alarm["AlarmName"] for alarm in rollback.get("Alarms", [])]
        self._authorize(fleet, alarms)
        endpoint.candidate = fleet
        for share in plan.shares:
            endpoint.share = share
            log.info("Endpoint %s: %.0f %% to %s.", endpoint.name, share * 100, fleet.config_name)
            await self._watch(fleet, alarms, plan.wait_seconds)
        await self._watch(fleet, alarms, plan.termination_wait_seconds)

    def _authorize(self, fleet: Fleet, alarms: list[str]) -> None:
        """SageMaker reads rollback alarms with the role of the models."""
        try:
            for variant in fleet.variants.values():
                if (place := self._roles.place) is not None:
                    self._roles.authorize(variant.container.role, alarm_calls(place, alarms))
        except AccessDenied as error:
            raise FleetFailed(f"Its alarms cannot be watched. {error.message}") from error

    async def _watch(self, fleet: Fleet, alarms: list[str], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            firing = await self._alarms_and_scaling.alarms_in_alarm(alarms)
            if firing:
                raise FleetFailed(
                    f"Deployment rolled back: the alarm {', '.join(sorted(firing))} "
                    "is in state ALARM."
                )
            if fleet.crashes:
                raise FleetFailed("Deployment rolled back: a server of the new fleet ended.")
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return
            await asyncio.sleep(min(WATCH_INTERVAL_SECONDS, remaining))

    async def _roll_back(self, endpoint: Endpoint, fleet: Fleet, reason: str) -> None:
        log.warning("Endpoint %s rolls back: %s", endpoint.name, reason)
        endpoint.change(ROLLING_BACK, reason)
        endpoint.candidate, endpoint.share = None, 0.0
        await fleet.stop()
        endpoint.pending_config = None
        endpoint.change(IN_SERVICE, reason)
