"""Refuses a schedule whose role may not do what the schedule is for.

moto's schedules never fire, so what AWS would refuse when one fires is refused at its creation.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from typing import Any

from local.emulator.wsgi import Application, Environment, StartResponse, read_body, send
from local.permissions.authorizer import Authorizer
from local.permissions.calls.schedules import schedule_calls
from local.permissions.calls.unknown import UnknownCall

_SCHEDULE = re.compile(r"^/schedules/[^/]+$")
_SERVICE = "scheduler.amazonaws.com"

log = logging.getLogger(__name__)


def with_schedules(authorizer: Authorizer | None, others: Application) -> Application:
    """Returns an application that refuses schedules; `others` where nothing is enforced."""
    if authorizer is None:
        return others

    def answer(environment: Environment, start: StartResponse) -> Iterable[bytes]:
        if environment.get("REQUEST_METHOD") not in ("POST", "PUT") or not _SCHEDULE.match(
            environment.get("PATH_INFO", "")
        ):
            return others(environment, start)
        refusal = _refusal(authorizer, json.loads(read_body(environment))["Target"])
        if refusal is not None:
            log.warning("%s", refusal)
            content = json.dumps({"Message": refusal}).encode()
            error_type = [("x-amzn-ErrorType", "ValidationException")]
            return send(start, "400 Bad Request", "application/json", content, error_type)
        return others(environment, start)

    return answer


def _refusal(authorizer: Authorizer, target: dict[str, Any]) -> str | None:
    role = str(target["RoleArn"])
    if authorizer.refusal_to_take(role, _SERVICE) is not None:
        # In the words of EventBridge Scheduler.
        who = "AWS EventBridge Scheduler"
        return f"The execution role you provide must allow {who} to assume the role."
    try:
        calls = schedule_calls(target, authorizer.place)
    except UnknownCall as error:
        return str(error)
    return authorizer.refusal(role.rsplit("/", 1)[-1], calls)
