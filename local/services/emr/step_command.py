"""What the arguments of a step ask for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

COMMAND_RUNNER = "command-runner.jar"


def kill_target(arguments: Sequence[str]) -> str | None:
    """Returns the application id of a ``yarn application -kill ID`` step, None for others."""
    if len(arguments) == 4 and list(arguments[:3]) == ["yarn", "application", "-kill"]:
        return arguments[3]
    return None


_EVENT_LOG = re.compile(r"^(?:eventlog_v2_)?(?P<id>(?:local|app|application)[-_0-9]+?)(?:\..*)?$")


def application_id_of(event_log_name: str) -> str | None:
    """Returns the application id that Spark named an event log after.

    Spark writes ``ID``, ``ID.inprogress`` or ``ID.zstd``, and with rolling a folder
    ``eventlog_v2_ID`` (SingleEventLogFileWriter and RollingEventLogFilesWriter).
    """
    match = _EVENT_LOG.match(event_log_name)
    return None if match is None else match["id"]
