"""Finds clusters and adds steps, for the EMR API and for EMR steps of pipelines."""

from __future__ import annotations

from local.permissions.calls.call import Call
from local.services.emr.cluster import Cluster
from local.services.emr.identifiers import new_id
from local.services.emr.step import Step
from local.services.emr.step_command import COMMAND_RUNNER
from local.services.emr.step_runner import StepRunner
from local.services.protocol.errors import AwsError, ValidationError
from local.services.protocol.handler import JsonObject
from local.services.settings import Settings

ACTIVE_STEPS_LIMIT = 256


def invalid_request(message: str) -> AwsError:
    """Builds an InvalidRequestException, which has its message under a second name, too."""
    return AwsError("InvalidRequestException", message, members={"Message": message})


def ended_cluster() -> ValidationError:
    """Builds the error for a change of a cluster that is ending or has ended."""
    return ValidationError(
        "A job flow that is shutting down, terminated, or finished may not be modified."
    )


class StepService:
    """The clusters of this run."""

    def __init__(self, settings: Settings, runner: StepRunner) -> None:
        """Starts without any cluster."""
        self.clusters: dict[str, Cluster] = {}
        self._settings = settings
        self._runner = runner

    def create_cluster(self, request: JsonObject) -> Cluster:
        """Creates a cluster without steps.

        Raises:
            AwsError: EMR may not assume the service role, EC2 may not assume that of the nodes, or
                the service role may not pass the nodes' role.
        """
        self._take_roles(request)
        cluster_id = new_id("j-")
        arn = self._settings.arn("elasticmapreduce", f"cluster/{cluster_id}")
        cluster = Cluster(cluster_id, arn, request, self._runner)
        self.clusters[cluster_id] = cluster
        return cluster

    def cluster(self, cluster_id: str) -> Cluster:
        """Finds a cluster.

        Raises:
            AwsError: There is none.
        """
        cluster = self.clusters.get(cluster_id)
        if cluster is None:
            raise invalid_request(f"Cluster id '{cluster_id}' is not valid.")
        return cluster

    def step(self, cluster: Cluster, step_id: str) -> Step:
        """Finds a step of a cluster."""
        for step in cluster.steps:
            if step.step_id == step_id:
                return step
        raise invalid_request(f"Step id '{step_id}' is not valid.")

    def add_steps(self, cluster: Cluster, configs: list[JsonObject]) -> list[Step]:
        """Adds steps to an active cluster, all of them or none.

        Raises:
            AwsError: The cluster has ended, or EMR or this machine refuses a step.
        """
        if not cluster.is_active:
            raise ended_cluster()
        active = sum(step.ended is None for step in cluster.steps)
        if active + len(configs) > ACTIVE_STEPS_LIMIT:
            raise ValidationError("Maximum number of active steps (256) for job flow exceeded.")
        for config in configs:
            _check(config, cluster)
        steps = [self._new_step(cluster, config) for config in configs]
        for step in steps:
            cluster.submit(step)
        return steps

    def _new_step(self, cluster: Cluster, config: JsonObject) -> Step:
        step_id = new_id("s-")
        directory = self._settings.run_directory / "emr" / cluster.cluster_id / step_id
        role = self._settings.roles.of_profile(cluster.request.get("JobFlowRole"))
        return Step(step_id, config, directory, role)

    def _take_roles(self, request: JsonObject) -> None:
        roles = self._settings.roles
        nodes = roles.of_profile(request.get("JobFlowRole"))
        if nodes is None:
            return
        roles.take(request["ServiceRole"], "elasticmapreduce.amazonaws.com")
        arn = f"arn:aws:iam::{self._settings.account_id}:role/{nodes}"
        passing = Call("iam:PassRole", arn, {"iam:passedtoservice": "ec2.amazonaws.com"})
        roles.authorize(request["ServiceRole"], [passing])
        roles.take(nodes, "ec2.amazonaws.com")


def _check(config: JsonObject, cluster: Cluster) -> None:
    name = config["Name"]
    jar = config["HadoopJarStep"]
    action = config.get("ActionOnFailure", "CONTINUE")
    if cluster.concurrency > 1 and action != "CONTINUE":
        raise ValidationError(
            f'Step "{name}": ActionOnFailure {action} is not valid for a cluster whose '
            f"StepConcurrencyLevel is greater than 1; use CONTINUE."
        )
    if jar["Jar"] != COMMAND_RUNNER or not jar.get("Args"):
        raise ValidationError(
            f'Step "{name}": the stand-in for EMR runs "{COMMAND_RUNNER}" with arguments, '
            f'received "{jar["Jar"]}" with {len(jar.get("Args", []))} arguments.'
        )
