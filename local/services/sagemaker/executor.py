"""Runs the steps of an execution in the order of their dependencies."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from local.services.protocol.errors import AwsError
from local.services.protocol.handler import JsonObject
from local.services.sagemaker.conditions import InvalidCondition
from local.services.sagemaker.execution import (
    EXECUTING,
    FAILED,
    STOPPED,
    STOPPING,
    SUCCEEDED,
    Execution,
    StepRecord,
)
from local.services.sagemaker.expressions import UnresolvedReference

log = logging.getLogger(__name__)

STEPS_FAILED = "Step failure: One or multiple steps failed."


class StepFailed(Exception):
    """A step did not succeed; the message is its FailureReason."""


class ExecutionFailed(StepFailed):
    """A Fail step: the message becomes the reason of the whole execution."""


class StepRunner(Protocol):
    """Runs steps of one type."""

    async def run(self, execution: Execution, record: StepRecord) -> JsonObject:
        """Runs a step to its end and returns its properties, for expressions of later steps.

        Writes its job to `record.metadata` as soon as it has one. When it is cancelled, it ends
        the job and raises the cancellation again.

        Raises:
            StepFailed: The step did not succeed.
        """
        ...


class Executor:
    """Runs executions as tasks of the event loop."""

    def __init__(self, runners: dict[str, StepRunner]) -> None:
        """Takes a runner for each type of step."""
        self._runners = runners
        self._executions: dict[str, asyncio.Task[None]] = {}

    def start(self, execution: Execution) -> None:
        """Starts an execution."""
        task = asyncio.create_task(self._run(execution))
        self._executions[execution.arn] = task
        task.add_done_callback(lambda _: self._executions.pop(execution.arn, None))

    def stop(self, execution: Execution) -> None:
        """Stops an execution: running steps are ended, no further one starts."""
        task = self._executions.get(execution.arn)
        if task is not None and execution.status == EXECUTING:
            execution.change(STOPPING)
            task.cancel()

    async def stop_all(self) -> None:
        """Stops every execution and waits until all have."""
        tasks = list(self._executions.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, execution: Execution) -> None:
        name = f"Execution {execution.execution_id} of {execution.pipeline_name}"
        log.info("%s started.", name)
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                if not _any_failed(execution):
                    for step in execution.ready_steps():
                        record = StepRecord(step)
                        execution.steps[step.name] = record
                        running.add(asyncio.create_task(self._run_step(execution, record)))
                if not running:
                    break
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            execution.change(STOPPED)
            log.info("%s was stopped.", name)
            return
        if _any_failed(execution):
            execution.change(FAILED, execution.failure_reason or STEPS_FAILED)
        else:
            execution.change(SUCCEEDED)
        log.info("%s is %s. %s", name, execution.status, execution.failure_reason or "")

    async def _run_step(self, execution: Execution, record: StepRecord) -> None:
        step = record.definition
        log.info("Step %s (%s) of %s started.", step.name, step.kind, execution.execution_id)
        try:
            properties = await self._runners[step.kind].run(execution, record)
            execution.properties[step.name] = properties
            record.end(SUCCEEDED)
        except asyncio.CancelledError:
            record.end(STOPPED)
            raise
        except ExecutionFailed as error:
            execution.failure_reason = str(error)
            record.end(FAILED, str(error))
        except AwsError as error:
            record.end(FAILED, f"ClientError: Failed to invoke {step.kind}. {error.message}")
        except (StepFailed, UnresolvedReference, InvalidCondition) as error:
            record.end(FAILED, str(error))
        except Exception as error:
            log.exception("Step %s failed in the stand-in.", step.name)
            record.end(FAILED, f"InternalFailure: {error!r}")
        log.info("Step %s is %s. %s", step.name, record.status, record.failure_reason or "")


def _any_failed(execution: Execution) -> bool:
    return any(record.status == FAILED for record in execution.steps.values())
