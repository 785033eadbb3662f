"""Instance fleets of a cluster and their target capacities. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import JsonObject


@dataclass
class Fleet:
    """One fleet; every requested unit counts as provisioned.

    Attributes:
        fleet_id: ``if-`` and 13 characters.
        kind: ``MASTER``, ``CORE`` or ``TASK``.
        on_demand: Target units of on-demand capacity.
        spot: Target units of spot capacity.
        types: Its instance types, as in the request.
    """

    fleet_id: str
    kind: str
    on_demand: int
    spot: int
    name: str | None = None
    types: list[JsonObject] = field(default_factory=list)

    @staticmethod
    def requested(fleet_id: str, config: JsonObject) -> Fleet:
        """Builds a fleet from an InstanceFleetConfig."""
        return Fleet(
            fleet_id,
            kind=str(config["InstanceFleetType"]),
            on_demand=int(config.get("TargetOnDemandCapacity", 0)),
            spot=int(config.get("TargetSpotCapacity", 0)),
            name=config.get("Name"),
            types=list(config.get("InstanceTypeConfigs", [])),
        )

    def resize(self, config: JsonObject) -> None:
        """Applies an InstanceFleetModifyConfig."""
        self.on_demand = int(config.get("TargetOnDemandCapacity", self.on_demand))
        self.spot = int(config.get("TargetSpotCapacity", self.spot))

    def describe(self) -> JsonObject:
        """Answers ListInstanceFleets."""
        described: JsonObject = {
            "Id": self.fleet_id,
            "Status": {"State": "RUNNING", "StateChangeReason": {"Message": ""}},
            "InstanceFleetType": self.kind,
            "TargetOnDemandCapacity": self.on_demand,
            "TargetSpotCapacity": self.spot,
            "ProvisionedOnDemandCapacity": self.on_demand,
            "ProvisionedSpotCapacity": self.spot,
            "InstanceTypeSpecifications": self.types,
        }
        return described if self.name is None else {**described, "Name": self.name}


def check_new_fleet(config: JsonObject, fleets: list[Fleet]) -> None:
    """Refuses a fleet that cannot be added to the cluster.

    Raises:
        ValidationError: It is not a task fleet, or the cluster has one, be it empty.
    """
    kind = config["InstanceFleetType"]
    if kind != "TASK":
        raise ValidationError(
            f"InstanceFleetType must be TASK for a cluster that runs, received {kind}."
        )
    if any(fleet.kind == "TASK" for fleet in fleets):
        raise ValidationError("The cluster already has a task instance fleet.")
