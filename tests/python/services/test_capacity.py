"""Instance fleets and managed scaling of EMR through boto3."""

from __future__ import annotations

from typing import Any

from tests.python.services.emr_calls import create, refusal

LIMITS = {"UnitType": "InstanceFleetUnits", "MinimumCapacityUnits": 1, "MaximumCapacityUnits": 3}


def targets(services: Any, cluster: str) -> dict[str, tuple[int, int]]:
    fleets = services.emr.list_instance_fleets(ClusterId=cluster)["InstanceFleets"]
    return {
        fleet["InstanceFleetType"]: (
            fleet["TargetOnDemandCapacity"],
            fleet["TargetSpotCapacity"],
        )
        for fleet in fleets
    }


def add_task_fleet(services: Any, cluster: str, spot: int = 1) -> str:
    return str(
        services.emr.add_instance_fleet(
            ClusterId=cluster,
            InstanceFleet={"InstanceFleetType": "TASK", "TargetSpotCapacity": spot},
        )["InstanceFleetId"]
    )


def test_fleets_have_their_target_capacity(services: Any) -> None:
    cluster = create(services)
    task = add_task_fleet(services, cluster)
    assert targets(services, cluster) == {"MASTER": (1, 0), "TASK": (0, 1)}
    services.emr.modify_instance_fleet(
        ClusterId=cluster,
        InstanceFleet={"InstanceFleetId": task, "TargetSpotCapacity": 5},
    )
    assert targets(services, cluster)["TASK"] == (0, 5)


def test_a_cluster_has_one_task_fleet_for_life_even_an_empty_one(services: Any) -> None:
    cluster = create(services)
    task = add_task_fleet(services, cluster)
    services.emr.modify_instance_fleet(
        ClusterId=cluster,
        InstanceFleet={"InstanceFleetId": task, "TargetSpotCapacity": 0},
    )
    fleet = {"InstanceFleetType": "TASK", "TargetSpotCapacity": 1}
    code, message = refusal(services.emr.add_instance_fleet, ClusterId=cluster, InstanceFleet=fleet)
    assert (code, message) == (
        "ValidationException",
        "The cluster already has a task instance fleet.",
    )
    core = {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1}
    _, message = refusal(services.emr.add_instance_fleet, ClusterId=cluster, InstanceFleet=core)
    assert "must be TASK" in message


def test_removing_the_scaling_policy_removes_the_current_one(services: Any) -> None:
    cluster = create(services)
    emr = services.emr
    assert "ManagedScalingPolicy" not in emr.get_managed_scaling_policy(ClusterId=cluster)
    emr.put_managed_scaling_policy(
        ClusterId=cluster, ManagedScalingPolicy={"ComputeLimits": LIMITS}
    )
    larger = {**LIMITS, "MaximumCapacityUnits": 8}
    emr.put_managed_scaling_policy(
        ClusterId=cluster, ManagedScalingPolicy={"ComputeLimits": larger}
    )
    found = emr.get_managed_scaling_policy(ClusterId=cluster)["ManagedScalingPolicy"]
    assert found["ComputeLimits"] == larger
    emr.remove_managed_scaling_policy(ClusterId=cluster)
    assert "ManagedScalingPolicy" not in emr.get_managed_scaling_policy(ClusterId=cluster)


def test_limits_of_a_cluster_of_fleets_count_units(services: Any) -> None:
    cluster = create(services)
    policy = {"ComputeLimits": {**LIMITS, "UnitType": "Instances"}}
    code, message = refusal(
        services.emr.put_managed_scaling_policy, ClusterId=cluster, ManagedScalingPolicy=policy
    )
    assert code == "ValidationException"
    assert message == "ComputeLimits.UnitType must be InstanceFleetUnits, received Instances."
