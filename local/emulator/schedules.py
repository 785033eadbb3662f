"""Before moto: a schedule is taken when its role may do what it is for.

moto's schedules never fire, so what would be refused when one fires is refused when it is made.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wsgi import get_input_stream

from local.permissions.authorizer import Authorizer
from local.permissions.calls.schedules import schedule_calls
from local.permissions.calls.unknown import UnknownCall

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

_SCHEDULE = re.compile(r"^/schedules/[^/]+$")
_SERVICE = "scheduler.amazonaws.com"

log = logging.getLogger(__name__)


def with_schedules(authorizer: Authorizer | None, others: Application) -> Application:
    """Returns an application that refuses schedules; without policies, `others`."""
    if authorizer is None:
        return others

    def answer(environment: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        if environment.get("REQUEST_METHOD") not in ("POST", "PUT") or not _SCHEDULE.match(
            environment.get("PATH_INFO", "")
        ):
            return others(environment, start)
        body = get_input_stream(environment).read()
        refusal = _refusal(authorizer, json.loads(body)["Target"])
        if refusal is not None:
            log.warning("%s", refusal)
            content = json.dumps({"Message": refusal}).encode()
            headers = [
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(content))),
                ("x-amzn-ErrorType", "ValidationException"),
            ]
            start("400 Bad Request", headers)
            return [content]
        environment["wsgi.input"] = io.BytesIO(body)
        environment["CONTENT_LENGTH"] = str(len(body))
        environment.pop("HTTP_TRANSFER_ENCODING", None)
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
