"""Plans how requests move from the old fleet to the new one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from local.services.protocol.handler import JsonObject


@dataclass(frozen=True)
class Shift:
    """A plan.

    Attributes:
        shares: Share of requests for the new fleet after each step, increasing to 1.
        wait_seconds: Seconds from one step to the next, in which alarms are watched.
        termination_wait_seconds: Seconds that the old fleet is kept after the last step.
    """

    shares: tuple[float, ...]
    wait_seconds: float
    termination_wait_seconds: float


def plan_shift(deployment: JsonObject, instances: int) -> Shift:
    """Plans a traffic shift for a DeploymentConfig; without one all requests move at once.

    Args:
        deployment: The DeploymentConfig, possibly empty.
        instances: Instances of the new fleet, of which sizes in INSTANCE_COUNT are a part.
    """
    blue_green = deployment.get("BlueGreenUpdatePolicy")
    if blue_green is not None:
        routing = blue_green["TrafficRoutingConfiguration"]
        wait = float(routing.get("WaitIntervalInSeconds", 0))
        termination = float(blue_green.get("TerminationWaitInSeconds", 0))
        kind = routing["Type"]
        if kind == "CANARY":
            return Shift((_share(routing["CanarySize"], instances), 1.0), wait, termination)
        if kind == "LINEAR":
            return Shift(_steps(_share(routing["LinearStepSize"], instances)), wait, termination)
        return Shift((1.0,), wait, termination)
    rolling = deployment.get("RollingUpdatePolicy")
    if rolling is not None:
        share = _share(rolling["MaximumBatchSize"], instances)
        return Shift(_steps(share), float(rolling.get("WaitIntervalInSeconds", 0)), 0.0)
    return Shift((1.0,), 0.0, 0.0)


def _share(size: JsonObject, instances: int) -> float:
    value = float(size["Value"])
    total = instances if size["Type"] == "INSTANCE_COUNT" else 100
    return min(1.0, value / total)


def _steps(share: float) -> tuple[float, ...]:
    shares = []
    number = 1
    while round(share * number, 6) < 1.0:
        shares.append(round(share * number, 6))
        number += 1
    return (*shares, 1.0)
