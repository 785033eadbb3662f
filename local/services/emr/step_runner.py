"""Runs a step's command as a process on this machine."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from local.services.emr.spark_configuration import (
    EVENT_LOG_DIRECTORY,
    spark_defaults,
    write_configuration,
)
from local.services.emr.step import CANCELLED, COMPLETED, FAILED, Step
from local.services.emr.step_command import (
    application_id_of,
    asked_interpreter,
    interpreter_notice,
    kill_target,
    on_this_machine,
    outlives_its_step,
)
from local.services.processes.children import Child, Children
from local.services.processes.failure_reason import failure_of, last_lines, read_tail
from local.services.settings import Settings

log = logging.getLogger(__name__)


class StepRunner:
    """Starts, watches, cancels and kills the processes of steps."""

    def __init__(self, settings: Settings, children: Children) -> None:
        """Runs steps as children of the services."""
        self._settings = settings
        self._children = children
        self._running: dict[str, Child] = {}

    async def run(self, step: Step, siblings: Iterable[Step]) -> None:
        """Runs a step to its end and records its final state.

        Args:
            step: The step, already marked as running.
            siblings: Other steps of the cluster, among which a kill step finds its target.
        """
        target = kill_target(step.arguments)
        if target is not None:
            await self._kill_application(step, target, siblings)
            return
        log.info("Step %s (%s) runs in %s.", step.step_id, step.name, step.directory)
        try:
            child = await self._start(step)
        except OSError as error:
            step.end(
                FAILED,
                _failure(step.directory / "stderr", f"The command cannot be started: {error}."),
            )
            return
        self._running[step.step_id] = child
        if step.cancelled:
            await child.stop()
        try:
            status = await child.wait()
        finally:
            del self._running[step.step_id]
        self._record(step, status)

    def interrupt(self, step: Step, forcibly: bool) -> None:
        """Signals the step's own process; what it has submitted elsewhere goes on, as in EMR."""
        step.cancelled = True
        child = self._running.get(step.step_id)
        if outlives_its_step(step.arguments):
            log.info("Step %s ends; its driver goes on.", step.step_id)
            step.end(CANCELLED)
        elif child is not None:
            child.signal(signal.SIGKILL if forcibly else signal.SIGTERM)

    async def stop(self, step: Step) -> None:
        """Ends a step with all its processes, also a driver that has outlived it."""
        step.cancelled = True
        child = self._running.get(step.step_id)
        if child is not None:
            await child.stop()

    async def _start(self, step: Step) -> Child:
        settings = self._settings
        configuration = step.directory / "spark-configuration"
        step.directory.joinpath(EVENT_LOG_DIRECTORY).mkdir(parents=True, exist_ok=True)
        endpoint = settings.environment.get("AWS_ENDPOINT_URL_S3") or settings.environment.get(
            "AWS_ENDPOINT_URL"
        )
        write_configuration(
            configuration,
            spark_defaults(settings.jars_directory, endpoint, settings.region, step.directory),
        )
        environment = settings.child_environment(
            {
                "SPARK_CONF_DIR": str(configuration),
                "SPARK_LOCAL_DIRS": str(step.directory / "scratch"),
                # Spark would use the address of the host name, which may not be reachable.
                "SPARK_LOCAL_IP": "127.0.0.1",
            },
            step.role,
        )
        notice = interpreter_notice(
            asked_interpreter(step.arguments), environment["PYSPARK_PYTHON"], sys.version_info[:2]
        )
        if notice is not None:
            log.warning("Step %s (%s): %s", step.step_id, step.name, notice)
        return await self._children.start(
            on_this_machine(step.arguments), step.directory, environment
        )

    def _record(self, step: Step, status: int) -> None:
        if step.cancelled:
            step.end(CANCELLED)
        elif step.killed_application is not None:
            reason = f"Application {step.killed_application} was killed by a step of the cluster."
            step.end(FAILED, _failure(step.directory / "stderr", reason))
        elif status == 0:
            step.end(COMPLETED)
        else:
            how = f"signal {-status}" if status < 0 else f"exit code {status}"
            reason, path = failure_of([step.directory / "stderr", step.directory / "stdout"])
            step.end(FAILED, _failure(path, reason or f"The command ended with {how}."))
        log.info("Step %s (%s) is %s, status %d.", step.step_id, step.name, step.state, status)

    async def _kill_application(
        self, step: Step, application_id: str, siblings: Iterable[Step]
    ) -> None:
        for sibling in siblings:
            logs = sibling.directory / EVENT_LOG_DIRECTORY
            names = [path.name for path in logs.iterdir()] if logs.is_dir() else []
            if application_id not in map(application_id_of, names):
                continue
            child = self._running.get(sibling.step_id)
            if child is None:
                log.info("Application %s has already finished.", application_id)
            else:
                log.info("Killing application %s, step %s.", application_id, sibling.step_id)
                sibling.killed_application = application_id
                await child.stop()
            step.end(COMPLETED)
            return
        reason = f"Application with id '{application_id}' doesn't exist in RM."
        step.directory.mkdir(parents=True, exist_ok=True)
        step.directory.joinpath("stderr").write_text(reason + "\n")
        step.end(FAILED, _failure(step.directory / "stderr", reason))


def _failure(path: Path, reason: str) -> dict[str, str]:
    return {"Reason": reason, "Message": last_lines(read_tail(path)), "LogFile": str(path)}
