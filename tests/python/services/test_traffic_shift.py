"""Plans of a traffic shift."""

from __future__ import annotations

from typing import Any

import pytest

from local.services.sagemaker.traffic_shift import Shift, plan_shift


def blue_green(kind: str, **members: Any) -> dict[str, Any]:
    routing = {"Type": kind, "WaitIntervalInSeconds": 30, **members}
    return {
        "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": routing,
            "TerminationWaitInSeconds": 60,
        }
    }


@pytest.mark.parametrize(
    ("deployment", "shift"),
    [
        ({}, Shift((1.0,), 0.0, 0.0)),
        (blue_green("ALL_AT_ONCE"), Shift((1.0,), 30.0, 60.0)),
        (
            blue_green("CANARY", CanarySize={"Type": "CAPACITY_PERCENT", "Value": 10}),
            Shift((0.1, 1.0), 30.0, 60.0),
        ),
        (
            blue_green("CANARY", CanarySize={"Type": "INSTANCE_COUNT", "Value": 1}),
            Shift((0.25, 1.0), 30.0, 60.0),
        ),
        (
            blue_green("LINEAR", LinearStepSize={"Type": "CAPACITY_PERCENT", "Value": 30}),
            Shift((0.3, 0.6, 0.9, 1.0), 30.0, 60.0),
        ),
        (
            blue_green("LINEAR", LinearStepSize={"Type": "INSTANCE_COUNT", "Value": 2}),
            Shift((0.5, 1.0), 30.0, 60.0),
        ),
        (
            {
                "RollingUpdatePolicy": {
                    "MaximumBatchSize": {"Type": "CAPACITY_PERCENT", "Value": 50},
                    "WaitIntervalInSeconds": 5,
                }
            },
            Shift((0.5, 1.0), 5.0, 0.0),
        ),
    ],
)
def test_deployment_config_becomes_a_plan(deployment: dict[str, Any], shift: Shift) -> None:
    assert plan_shift(deployment, instances=4) == shift
