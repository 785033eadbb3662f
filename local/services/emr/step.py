"""A step, and how the API describes it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from local.services.protocol.handler import JsonObject

PENDING = "PENDING"
RUNNING = "RUNNING"
COMPLETED = "COMPLETED"
CANCELLED = "CANCELLED"
FAILED = "FAILED"

ENDED = frozenset({COMPLETED, CANCELLED, FAILED})


@dataclass
class Step:
    """One step of a cluster.

    Attributes:
        step_id: ``s-`` and 13 characters.
        config: The StepConfig in the request.
        directory: Working directory of its process, with its logs.
        role: Name of the role of the cluster's nodes, as which the step acts; None: none.
        killed_application: Id of its application, if another step has killed it.
    """

    step_id: str
    config: JsonObject
    directory: Path
    role: str | None = None
    state: str = PENDING
    failure: JsonObject | None = None
    cancelled: bool = False
    killed_application: str | None = None
    created: float = field(default_factory=time.time)
    started: float | None = None
    ended: float | None = None

    @property
    def name(self) -> str:
        """Name in the request."""
        return str(self.config["Name"])

    @property
    def arguments(self) -> list[str]:
        """Command and arguments."""
        return list(self.config["HadoopJarStep"].get("Args", []))

    @property
    def action_on_failure(self) -> str:
        """What happens to the cluster when the step fails."""
        return str(self.config.get("ActionOnFailure", "CONTINUE"))

    def start(self) -> None:
        """Marks the step as running."""
        self.state = RUNNING
        self.started = time.time()

    def end(self, state: str, failure: JsonObject | None = None) -> None:
        """Marks the step as ended; a later call does nothing."""
        if self.state in ENDED:
            return
        self.state = state
        self.failure = failure
        self.ended = time.time()

    def describe(self) -> JsonObject:
        """Answers DescribeStep."""
        jar = self.config["HadoopJarStep"]
        properties = {item["Key"]: item["Value"] for item in jar.get("Properties", [])}
        return {
            "Id": self.step_id,
            "Name": self.name,
            "Config": {
                "Jar": jar["Jar"],
                "Properties": properties,
                "Args": self.arguments,
                **({"MainClass": jar["MainClass"]} if "MainClass" in jar else {}),
            },
            "ActionOnFailure": self.action_on_failure,
            "Status": self._status(),
        }

    def _status(self) -> JsonObject:
        timeline = {
            "CreationDateTime": self.created,
            "StartDateTime": self.started,
            "EndDateTime": self.ended,
        }
        status: JsonObject = {
            "State": self.state,
            "StateChangeReason": {},
            "Timeline": {name: value for name, value in timeline.items() if value is not None},
        }
        if self.failure is not None:
            status["FailureDetails"] = self.failure
        return status
