"""The calls that were evaluated, one line of JSON each."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.permissions.calls.call import Call
from local.permissions.language.evaluation import Decision


@dataclass(frozen=True)
class Evaluated:
    """A call that was evaluated.

    Attributes:
        principal: Name of the role, or of the service that took one.
        call: What it asked.
        decision: What became of it.
    """

    principal: str
    call: Call
    decision: Decision


class CallLog:
    """Keeps a call the first time that it is decided by these statements.

    Two calls of one role to one action that the same statements allow can only be refused together,
    whichever action is taken from whichever statement, so the second one says nothing new. Of
    refused calls every resource is kept. Threads may share it.
    """

    def __init__(self, path: Path) -> None:
        """Appends to a file; its folder is made."""
        self._path = path
        self._seen: set[tuple[Any, ...]] = set()
        self._lock = threading.Lock()

    def add(self, principal: str, call: Call, decision: Decision) -> None:
        """Keeps a call unless it says nothing new."""
        resource = "" if decision.allowed else call.resource
        kind = (principal, call.action, decision.allowed, decision.statements, resource)
        if kind in self._seen:
            return
        line = {
            "principal": principal,
            "action": call.action,
            "resource": call.resource,
            "context": call.context,
            "allowed": decision.allowed,
            "statements": decision.statements,
            "reason": decision.reason,
        }
        with self._lock:
            if kind not in self._seen:
                self._seen.add(kind)
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a") as file:
                    file.write(f"{json.dumps(line)}\n")


def evaluated_calls(folder: Path) -> Iterator[Evaluated]:
    """Yields the calls that the processes of a run have kept."""
    for path in sorted(folder.glob("calls-*.jsonl")):
        for line in path.read_text().splitlines():
            one = json.loads(line)
            context = {
                key: tuple(value) if isinstance(value, list) else value
                for key, value in one["context"].items()
            }
            yield Evaluated(
                one["principal"],
                Call(one["action"], one["resource"], context),
                Decision(one["allowed"], tuple(one["statements"]), one["reason"]),
            )
