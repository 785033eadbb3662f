"""A cluster: its state and its queue of steps."""

from __future__ import annotations

import asyncio
import logging
import time

from local.services.emr.fleets import Fleet
from local.services.emr.identifiers import new_id
from local.services.emr.step import CANCELLED, FAILED, PENDING, RUNNING, Step
from local.services.emr.step_runner import StepRunner
from local.services.protocol.handler import JsonObject

ACTIVE_STATES = frozenset({"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"})

log = logging.getLogger(__name__)


class Cluster:
    """A cluster; its steps run on this machine.

    Attributes:
        cluster_id: ``j-`` and 13 characters.
        request: The RunJobFlow request that created it.
        steps: Its steps, oldest first.
        fleets: Its instance fleets.
        scaling_policy: Limits of managed scaling, as in the request that set them.
    """

    def __init__(self, cluster_id: str, arn: str, request: JsonObject, runner: StepRunner) -> None:
        """Creates a cluster that waits for steps."""
        self.cluster_id = cluster_id
        self.arn = arn
        self.request = request
        self.steps: list[Step] = []
        self.concurrency = int(request.get("StepConcurrencyLevel", 1))
        instances = request["Instances"]
        self.fleets = [
            Fleet.requested(new_id("if-"), config) for config in instances.get("InstanceFleets", [])
        ]
        self.scaling_policy: JsonObject | None = None
        self.keeps_alive = bool(instances.get("KeepJobFlowAliveWhenNoSteps", False))
        # EMR turns protection on by itself when there are three primaries.
        self.protected = bool(instances.get("TerminationProtected", False)) or (
            primary_count(instances) > 1
        )
        self.created = time.time()
        self._ended: float | None = None
        self._end_state = "TERMINATED"
        self._end_reason: JsonObject = {}
        self._terminating = False
        self._runner = runner
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> str:
        """State in the answer of DescribeCluster."""
        if self._ended is not None:
            return self._end_state
        if self._terminating:
            return "TERMINATING"
        return "RUNNING" if any(step.state == RUNNING for step in self.steps) else "WAITING"

    @property
    def is_active(self) -> bool:
        """Whether steps may be added."""
        return self.state in ACTIVE_STATES

    def submit(self, step: Step) -> None:
        """Queues a step, which starts as soon as the step concurrency allows it."""
        self.steps.append(step)
        self._start_pending()

    async def wait_for(self, step: Step) -> None:
        """Waits until a step of this cluster has ended."""
        async with self._changed:
            await self._changed.wait_for(lambda: step.ended is not None)

    async def cancel(self, step: Step, forcibly: bool) -> bool:
        """Cancels a pending or running step; False if it has ended."""
        if step.state == PENDING:
            step.end(CANCELLED)
            await self._announce()
            return True
        if step.state == RUNNING:
            self._runner.interrupt(step, forcibly)
            if step.ended is not None:
                await self._announce()
                self._start_pending()
            return True
        return False

    async def terminate(self, code: str, message: str, state: str = "TERMINATED") -> None:
        """Ends every step, then the cluster. A second call does nothing."""
        if self._terminating:
            return
        self._terminating = True
        log.info("Cluster %s is being terminated: %s.", self.cluster_id, message)
        for step in self.steps:
            if step.state == PENDING:
                step.end(CANCELLED)
        # Also steps that have ended: a driver may have outlived its step.
        await asyncio.gather(*(self._runner.stop(step) for step in self.steps))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._end_state = state
        self._end_reason = {"Code": code, "Message": message}
        self._ended = time.time()
        await self._announce()

    def status(self) -> JsonObject:
        """Answers the Status of DescribeCluster and ListClusters."""
        timeline = {"CreationDateTime": self.created, "ReadyDateTime": self.created}
        if self._ended is not None:
            timeline["EndDateTime"] = self._ended
        return {
            "State": self.state,
            "StateChangeReason": self._end_reason,
            "Timeline": timeline,
        }

    def _start_pending(self) -> None:
        running = sum(step.state == RUNNING for step in self.steps)
        for step in self.steps:
            if self._terminating or running >= self.concurrency:
                return
            if step.state == PENDING:
                step.start()
                running += 1
                task = asyncio.create_task(self._run(step))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _run(self, step: Step) -> None:
        try:
            siblings = [other for other in self.steps if other is not step]
            await self._runner.run(step, siblings)
        except Exception as error:
            log.exception("Step %s failed in the stand-in for EMR.", step.step_id)
            step.end(FAILED, {"Reason": f"The stand-in for EMR failed: {error}."})
        await self._after(step)

    async def _after(self, step: Step) -> None:
        if step.state == FAILED and step.action_on_failure == "CANCEL_AND_WAIT":
            for other in self.steps:
                if other.state == PENDING:
                    other.end(CANCELLED)
        await self._announce()
        reason = self._reason_to_end(step)
        if reason is None:
            self._start_pending()
        else:
            # Not awaited: terminate waits for the task that runs this method.
            task = asyncio.create_task(self.terminate(*reason))
            task.add_done_callback(lambda done: done.exception())

    def _reason_to_end(self, step: Step) -> tuple[str, str, str] | None:
        if self._terminating:
            return None
        if step.state == FAILED and step.action_on_failure.startswith("TERMINATE"):
            message = f"Shut down as step failed: {step.step_id}"
            return "STEP_FAILURE", message, "TERMINATED_WITH_ERRORS"
        if not self.keeps_alive and all(other.ended is not None for other in self.steps):
            return "ALL_STEPS_COMPLETED", "Steps completed", "TERMINATED"
        return None

    async def _announce(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def primary_count(instances: JsonObject) -> int:
    """Returns the target capacity of the fleet of primary nodes in a request."""
    for fleet in instances.get("InstanceFleets", []):
        if fleet["InstanceFleetType"] == "MASTER":
            return int(fleet.get("TargetOnDemandCapacity", 0)) + int(
                fleet.get("TargetSpotCapacity", 0)
            )
    return 1
