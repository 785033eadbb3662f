"""Operations of EMR about clusters and steps."""

from __future__ import annotations

import asyncio
from typing import Any

from local.services.emr.cluster import Cluster
from local.services.emr.step_service import StepService, ended_cluster
from local.services.protocol.errors import ValidationError
from local.services.protocol.handler import Handlers, JsonObject
from local.services.protocol.pagination import page

PAGE_SIZE = 50


class EmrOperations:
    """Handlers of the EMR API."""

    def __init__(self, steps: StepService) -> None:
        """Serves the clusters of a run."""
        self._steps = steps
        self._tasks: set[asyncio.Task[None]] = set()

    def handlers(self) -> Handlers:
        """Returns the handlers by operation name."""
        return {
            "RunJobFlow": self.run_job_flow,
            "DescribeCluster": self.describe_cluster,
            "ListClusters": self.list_clusters,
            "ModifyCluster": self.modify_cluster,
            "TerminateJobFlows": self.terminate_job_flows,
            "SetTerminationProtection": self.set_termination_protection,
            "AddJobFlowSteps": self.add_job_flow_steps,
            "ListSteps": self.list_steps,
            "DescribeStep": self.describe_step,
            "CancelSteps": self.cancel_steps,
        }

    async def run_job_flow(self, request: JsonObject) -> JsonObject:
        """Creates a cluster, which is ready immediately."""
        cluster = self._steps.create_cluster(request)
        self._steps.add_steps(cluster, request.get("Steps", []))
        return {"JobFlowId": cluster.cluster_id, "ClusterArn": cluster.arn}

    async def describe_cluster(self, request: JsonObject) -> JsonObject:
        """Answers with one cluster."""
        return {"Cluster": _describe(self._steps.cluster(request["ClusterId"]))}

    async def list_clusters(self, request: JsonObject) -> JsonObject:
        """Lists clusters, newest first."""
        states = request.get("ClusterStates")
        found = [
            cluster
            for cluster in reversed(self._steps.clusters.values())
            if (not states or cluster.state in states)
            and request.get("CreatedAfter", 0) <= cluster.created
            and cluster.created <= request.get("CreatedBefore", float("inf"))
        ]
        items, marker = page(found, request.get("Marker"), PAGE_SIZE)
        summaries = [
            {
                "Id": cluster.cluster_id,
                "Name": cluster.request["Name"],
                "ClusterArn": cluster.arn,
                "Status": cluster.status(),
            }
            for cluster in items
        ]
        return _marked({"Clusters": summaries}, marker)

    async def modify_cluster(self, request: JsonObject) -> JsonObject:
        """Changes the step concurrency."""
        cluster = self._steps.cluster(request["ClusterId"])
        if not cluster.is_active:
            raise ended_cluster()
        level = int(request.get("StepConcurrencyLevel", cluster.concurrency))
        if level > 256:
            raise ValidationError(f"StepConcurrencyLevel must be 1 to 256, received {level}.")
        cluster.concurrency = level
        return {"StepConcurrencyLevel": level}

    async def terminate_job_flows(self, request: JsonObject) -> JsonObject:
        """Starts to terminate clusters; refuses to if one of them is protected."""
        clusters = [self._steps.cluster(cluster_id) for cluster_id in request["JobFlowIds"]]
        if any(cluster.protected and cluster.is_active for cluster in clusters):
            raise ValidationError(
                "Could not shut down one or more job flows since they are termination protected."
            )
        for cluster in clusters:
            task = asyncio.create_task(
                cluster.terminate("USER_REQUEST", "Terminated by user request")
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return {}

    async def set_termination_protection(self, request: JsonObject) -> JsonObject:
        """Turns the protection of clusters on or off."""
        clusters = [self._steps.cluster(cluster_id) for cluster_id in request["JobFlowIds"]]
        if not all(cluster.is_active for cluster in clusters):
            raise ended_cluster()
        for cluster in clusters:
            cluster.protected = request["TerminationProtected"]
        return {}

    async def add_job_flow_steps(self, request: JsonObject) -> JsonObject:
        """Adds steps."""
        cluster = self._steps.cluster(request["JobFlowId"])
        steps = self._steps.add_steps(cluster, request["Steps"])
        return {"StepIds": [step.step_id for step in steps]}

    async def list_steps(self, request: JsonObject) -> JsonObject:
        """Lists steps, newest first."""
        cluster = self._steps.cluster(request["ClusterId"])
        ids, states = request.get("StepIds"), request.get("StepStates")
        if ids and states:
            raise ValidationError("Cannot specify both StepIds and StepStates.")
        found = [
            step
            for step in reversed(cluster.steps)
            if (not ids or step.step_id in ids) and (not states or step.state in states)
        ]
        items, marker = page(found, request.get("Marker"), PAGE_SIZE)
        return _marked({"Steps": [step.describe() for step in items]}, marker)

    async def describe_step(self, request: JsonObject) -> JsonObject:
        """Answers with one step."""
        cluster = self._steps.cluster(request["ClusterId"])
        return {"Step": self._steps.step(cluster, request["StepId"]).describe()}

    async def cancel_steps(self, request: JsonObject) -> JsonObject:
        """Cancels steps; of a running step only its own process gets a signal."""
        cluster = self._steps.cluster(request["ClusterId"])
        forcibly = request.get("StepCancellationOption") == "TERMINATE_PROCESS"
        steps = [self._steps.step(cluster, step_id) for step_id in request["StepIds"]]
        answers = []
        for step in steps:
            answer = {"StepId": step.step_id, "Status": "SUBMITTED"}
            if not await cluster.cancel(step, forcibly):
                reason = f"Cannot cancel a step that is {step.state}."
                answer = {"StepId": step.step_id, "Status": "FAILED", "Reason": reason}
            answers.append(answer)
        return {"CancelStepsInfoList": answers}


def _describe(cluster: Cluster) -> JsonObject:
    request = cluster.request
    instances = request["Instances"]
    placement = {
        "Ec2SubnetId": next(iter(instances.get("Ec2SubnetIds", [])), instances.get("Ec2SubnetId")),
        "IamInstanceProfile": request.get("JobFlowRole"),
    }
    described: dict[str, Any] = {
        "Id": cluster.cluster_id,
        "Name": request["Name"],
        "ClusterArn": cluster.arn,
        "Status": cluster.status(),
        "Ec2InstanceAttributes": {name: value for name, value in placement.items() if value},
        "InstanceCollectionType": "INSTANCE_FLEET",
        "ReleaseLabel": request.get("ReleaseLabel"),
        "Applications": request.get("Applications", []),
        "AutoTerminate": not cluster.keeps_alive,
        "TerminationProtected": cluster.protected,
        "VisibleToAllUsers": True,
        "Tags": request.get("Tags", []),
        "ServiceRole": request.get("ServiceRole"),
        "LogUri": request.get("LogUri"),
        "MasterPublicDnsName": "localhost",
        "Configurations": request.get("Configurations", []),
        "StepConcurrencyLevel": cluster.concurrency,
    }
    return {name: value for name, value in described.items() if value is not None}


def _marked(answer: JsonObject, marker: str | None) -> JsonObject:
    return answer if marker is None else {**answer, "Marker": marker}
