"""EMR (terraform: emr/cluster.go, instance_fleet.go, managed_scaling_policy.go)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.python.aws_models.requests.inputs import (
    Inputs,
    Request,
    Resolver,
    api,
    known,
    one,
    request,
)


def _instance_type(config: dict[str, Any]) -> dict[str, Any]:
    remaining = {key: value for key, value in config.items() if key != "ebsConfigs"}
    blocks = [
        {
            "VolumesPerInstance": ebs["volumesPerInstance"],
            "VolumeSpecification": known(
                {
                    "SizeInGB": ebs["size"],
                    "VolumeType": ebs["type"],
                    "Iops": ebs.get("iops"),
                    "Throughput": ebs.get("throughput"),
                }
            ),
        }
        for ebs in config.get("ebsConfigs", [])
    ]
    named = api(remaining, configurations="Configurations")
    return {**named, **({"EbsConfiguration": {"EbsBlockDeviceConfigs": blocks}} if blocks else {})}


def _fleet(kind: str, get: Callable[[str], Any]) -> dict[str, Any]:
    specifications = get("launchSpecifications")
    return known(
        {
            "Name": get("name"),
            "InstanceFleetType": kind,
            "TargetOnDemandCapacity": get("targetOnDemandCapacity"),
            "TargetSpotCapacity": get("targetSpotCapacity"),
            "InstanceTypeConfigs": [_instance_type(one_) for one_ in get("instanceTypeConfigs")],
            "LaunchSpecifications": specifications
            and {
                name: api(one(specifications[block]))
                for block, name in (
                    ("onDemandSpecifications", "OnDemandSpecification"),
                    ("spotSpecifications", "SpotSpecification"),
                )
                if block in specifications
            },
        }
    )


def _cluster(inputs: Inputs) -> Iterator[Request]:
    inputs.only_the_provider_reads("listStepsStates")
    ec2 = dict(inputs["ec2Attributes"])
    profile = ec2.pop("instanceProfile")
    yield request(
        "emr",
        "RunJobFlow",
        Name=inputs["name"],
        ReleaseLabel=inputs["releaseLabel"],
        Applications=[{"Name": name} for name in inputs["applications"]],
        Configurations=json.loads(inputs["configurationsJson"]),
        SecurityConfiguration=inputs["securityConfiguration"],
        ServiceRole=inputs["serviceRole"],
        JobFlowRole=profile,
        Instances=known(
            {
                **api(ec2, subnetIds="Ec2SubnetIds"),
                "InstanceFleets": [
                    _fleet("MASTER", inputs["masterInstanceFleet"].get),
                    _fleet("CORE", inputs["coreInstanceFleet"].get),
                ],
                "KeepJobFlowAliveWhenNoSteps": inputs["keepJobFlowAliveWhenNoSteps"],
                "TerminationProtected": inputs["terminationProtection"],
                "UnhealthyNodeReplacement": inputs["unhealthyNodeReplacement"],
            }
        ),
        StepConcurrencyLevel=inputs["stepConcurrencyLevel"],
        ScaleDownBehavior=inputs["scaleDownBehavior"],
        AutoTerminationPolicy=api(inputs["autoTerminationPolicy"]),
        LogUri=inputs["logUri"],
        LogEncryptionKmsKeyId=inputs["logEncryptionKmsKeyId"],
        EbsRootVolumeSize=inputs["ebsRootVolumeSize"],
        BootstrapActions=[
            {
                "Name": action["name"],
                "ScriptBootstrapAction": known(
                    {"Path": action["path"], "Args": action.get("args")}
                ),
            }
            for action in inputs["bootstrapActions"] or []
        ],
        PlacementGroupConfigs=api(inputs["placementGroupConfigs"]),
        Tags=inputs.tag_list,
    )


def _task_fleet(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "emr",
        "AddInstanceFleet",
        ClusterId=inputs["clusterId"],
        InstanceFleet=_fleet("TASK", inputs.__getitem__),
    )


def _scaling(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "emr",
        "PutManagedScalingPolicy",
        ClusterId=inputs["clusterId"],
        ManagedScalingPolicy=known(
            {
                "ComputeLimits": api(
                    one(inputs["computeLimits"]),
                    maximumOndemandCapacityUnits="MaximumOnDemandCapacityUnits",
                ),
                "ScalingStrategy": inputs["scalingStrategy"],
                "UtilizationPerformanceIndex": inputs["utilizationPerformanceIndex"],
            }
        ),
    )


def _security(inputs: Inputs) -> Iterator[Request]:
    yield request(
        "emr",
        "CreateSecurityConfiguration",
        Name=inputs["name"],
        SecurityConfiguration=inputs["configuration"],
    )


def _job(inputs: Inputs) -> Iterator[Request]:
    # Where lock and stop marker are and how long to wait is the resource's own business.
    inputs.only_the_provider_reads(
        "accountId",
        "bucket",
        "enabled",
        "lockKey",
        "readinessTimeoutSeconds",
        "region",
        "specHash",
        "stopKey",
        "stopTimeoutSeconds",
    )
    yield request(
        "emr",
        "AddJobFlowSteps",
        JobFlowId=inputs["clusterId"],
        Steps=[
            {
                "Name": inputs["jobName"],
                "ActionOnFailure": "CONTINUE",
                "HadoopJarStep": {"Jar": "command-runner.jar", "Args": inputs["command"]},
            }
        ],
    )


resolvers: dict[str, Resolver] = {
    "aws:emr/cluster:Cluster": _cluster,
    "aws:emr/instanceFleet:InstanceFleet": _task_fleet,
    "aws:emr/managedScalingPolicy:ManagedScalingPolicy": _scaling,
    "aws:emr/securityConfiguration:SecurityConfiguration": _security,
    "pulumi-nodejs:dynamic/cluster:StreamingJobStep": _job,
}
