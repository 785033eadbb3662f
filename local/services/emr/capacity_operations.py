"""The EMR operations about capacity: instance fleets and managed scaling."""

from __future__ import annotations

from local.services.emr.cluster import Cluster
from local.services.emr.fleets import Fleet, check_new_fleet
from local.services.emr.identifiers import new_id
from local.services.emr.step_service import StepService, ended_cluster, invalid_request
from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject


class CapacityOperations:
    """Handlers of the EMR API. Target capacities are stored; nothing scales on one machine."""

    def __init__(self, clusters: StepService) -> None:
        """Serves the clusters of a run."""
        self._clusters = clusters

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "AddInstanceFleet": self.add_instance_fleet,
            "ModifyInstanceFleet": self.modify_instance_fleet,
            "ListInstanceFleets": self.list_instance_fleets,
            "PutManagedScalingPolicy": self.put_managed_scaling_policy,
            "GetManagedScalingPolicy": self.get_managed_scaling_policy,
            "RemoveManagedScalingPolicy": self.remove_managed_scaling_policy,
        }

    async def add_instance_fleet(self, request: JsonObject) -> JsonObject:
        """Adds the task fleet of a cluster."""
        cluster = self._active(request)
        config = request["InstanceFleet"]
        check_new_fleet(config, cluster.fleets)
        fleet = Fleet.requested(new_id("if-"), config)
        cluster.fleets.append(fleet)
        return {
            "ClusterId": cluster.cluster_id,
            "InstanceFleetId": fleet.fleet_id,
            "ClusterArn": cluster.arn,
        }

    async def modify_instance_fleet(self, request: JsonObject) -> JsonObject:
        """Changes the target capacities of a fleet, as managed scaling does, too."""
        cluster = self._clusters.cluster(request["ClusterId"])
        if not cluster.is_active:
            raise invalid_request(
                "An instance fleet may only be modified when the cluster is running or waiting."
            )
        config = request["InstanceFleet"]
        fleet_id = config["InstanceFleetId"]
        for fleet in cluster.fleets:
            if fleet.fleet_id == fleet_id:
                fleet.resize(config)
                return {}
        raise invalid_request(f"Instance fleet '{fleet_id}' is not valid.")

    async def list_instance_fleets(self, request: JsonObject) -> JsonObject:
        """Lists the fleets of a cluster."""
        cluster = self._clusters.cluster(request["ClusterId"])
        return {"InstanceFleets": [fleet.describe() for fleet in cluster.fleets]}

    async def put_managed_scaling_policy(self, request: JsonObject) -> JsonObject:
        """Sets the limits of managed scaling; a later call replaces them."""
        cluster = self._active(request)
        policy = request["ManagedScalingPolicy"]
        unit = policy.get("ComputeLimits", {}).get("UnitType")
        expected = "InstanceFleetUnits" if cluster.fleets else "Instances or VCPU"
        if unit not in expected.split(" or "):
            raise ValidationError(f"ComputeLimits.UnitType must be {expected}, received {unit}.")
        cluster.scaling_policy = policy
        return {}

    async def get_managed_scaling_policy(self, request: JsonObject) -> JsonObject:
        """Answers with the limits, if there are any."""
        policy = self._clusters.cluster(request["ClusterId"]).scaling_policy
        return {} if policy is None else {"ManagedScalingPolicy": policy}

    async def remove_managed_scaling_policy(self, request: JsonObject) -> JsonObject:
        """Removes the limits of the cluster, if there are any."""
        self._active(request).scaling_policy = None
        return {}

    def _active(self, request: JsonObject) -> Cluster:
        cluster = self._clusters.cluster(request["ClusterId"])
        if not cluster.is_active:
            raise ended_cluster()
        return cluster
