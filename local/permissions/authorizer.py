"""Asks the deployed policies about calls, and keeps what was asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from local.permissions.call_log import CallLog
from local.permissions.calls.call import Call
from local.permissions.decisions import decide_assuming, decide_call, decide_taking
from local.permissions.deployment.deployed import Deployed
from local.permissions.deployment.store import Store
from local.permissions.language.errors import PolicyError
from local.permissions.language.evaluation import Decision
from local.permissions.place import Place
from local.permissions.trusts import context_of_taking

_MOST_DECISIONS = 10_000


class Authorizer:
    """Decides calls by what is deployed now. Threads may share it."""

    def __init__(self, place: Place, process: str) -> None:
        """Asks the policies of one run.

        Args:
            place: The run's folder.
            process: Names the file of calls; one process writes it.
        """
        self.place = place
        self.store = Store(place)
        # A micro-batch asks the same of the same key and prefix hundreds of times.
        self._decided_by: Deployed | None = None
        self._decisions: dict[tuple[Any, ...], Decision] = {}
        self._log = CallLog(place.folder / f"calls-{process}.jsonl")

    @classmethod
    def of(cls, process: str, environment: Mapping[str, str] = os.environ) -> Authorizer | None:
        """Returns the one of the run that this process belongs to, None where nothing is asked."""
        place = Place.of(environment)
        return None if place is None else cls(place, process)

    @property
    def encryption(self) -> Mapping[str, str]:
        """ARNs of customer keys by ARN of what they encrypt."""
        try:
            return self.store.now().encryption
        except (PolicyError, LookupError, NotImplementedError):
            # Whoever asks about a call next is told what is wrong with the policies.
            return {}

    def refusal(self, role: str, calls: Iterable[Call]) -> str | None:
        """Returns AWS's sentence about the first call that a role may not make, if there is one.

        Args:
            role: The role's name.
            calls: All have to be allowed; each is kept.
        """
        for call in calls:
            decision = self._decided(role, call)
            self._log.add(role, call, decision)
            if not decision.allowed:
                return denial(self.place, role, call, decision.reason)
        return None

    def refusal_to_take(self, role: str, service: str) -> str | None:
        """Returns why a service cannot take a role, None when it can.

        Args:
            role: The role's name or ARN.
            service: For example `ec2.amazonaws.com`.
        """
        name = role.rsplit("/", 1)[-1]
        try:
            found = self.store.now().roles.get(name)
            if found is None:
                return f"The role {role} does not exist."
            call = Call("sts:AssumeRole", found.arn, context_of_taking(self.place, service))
            decision = decide_taking(found, service, call.context)
        except (PolicyError, LookupError, NotImplementedError) as error:
            return str(error)
        self._log.add(service, call, decision)
        if decision.allowed:
            return None
        return f"{service} is not authorized to assume the role {found.arn} {decision.reason}"

    def refusal_to_assume(self, role: str) -> str | None:
        """Returns why nobody of the account can take a role, None when its administrator can.

        Args:
            role: The role's ARN.
        """
        root = self.place.global_arn("iam", "root")
        try:
            found = self.store.now().roles.get(role.rsplit("/", 1)[-1])
            if found is None or found.arn != role:
                return f"The role {role} does not exist."
            decision = decide_assuming(found, root, self.place.account)
        except (PolicyError, LookupError, NotImplementedError) as error:
            return str(error)
        self._log.add(root, Call("sts:AssumeRole", found.arn), decision)
        if decision.allowed:
            return None
        return f"User: {root} is not authorized to perform: sts:AssumeRole on resource: {role}"

    def _decided(self, role: str, call: Call) -> Decision:
        kind = (role, call.action, call.resource, tuple(call.context.items()))
        try:
            deployed = self.store.now()
            if deployed is not self._decided_by or len(self._decisions) >= _MOST_DECISIONS:
                self._decided_by, self._decisions = deployed, {}
            if kind not in self._decisions:
                self._decisions[kind] = decide_call(deployed, self.place, role, call)
            return self._decisions[kind]
        except (PolicyError, LookupError, NotImplementedError) as error:
            # A policy that is not understood allows nothing.
            return Decision(False, (), f"because {error}")


def denial(place: Place, role: str, call: Call, reason: str) -> str:
    """Returns AWS's sentence about a call that was not allowed."""
    session = f"arn:{place.partition}:sts::{place.account}:assumed-role/{role}/local"
    resource = "" if call.resource == "*" else f' on resource: "{call.resource}"'
    return f"User: {session} is not authorized to perform: {call.action}{resource} {reason}"
