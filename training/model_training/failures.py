"""Says of an exception that code of a workload let through what went wrong, and where in it."""

from __future__ import annotations

import re
import traceback

_PLACE = re.compile(r'File "([^"]+)", line (\d+)')
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WRAPPED = ("in user code:", "Exception encountered when calling")
_DETAILS = ("File ", "Detected at node", "<stack traces", "Arguments received", "Graph execution")
_LONGEST = 300


def failure(error: BaseException, workload: str) -> str:
    """Returns the exception's kind and reason in one line, and where it was raised.

    Args:
        error: What was raised.
        workload: The name of its folder; the deepest place in it is named, if there is one.
    """
    reason = _reason(error)
    kind = type(error).__name__
    said = reason if reason.startswith(f"{kind}:") else f"{kind}: {reason}" if reason else kind
    place = _place(error, f"workloads/{workload}/")
    return f"{said} ({place})" if place else said


def _reason(error: BaseException) -> str:
    """The line that says what is wrong, among those that say in which call of which graph."""
    if isinstance(error, SyntaxError):
        return error.msg
    lines = [line.strip() for line in _COLOUR.sub("", str(error)).splitlines()]
    told = [line for line in lines if line and not line.startswith((*_WRAPPED, *_DETAILS))]
    # AutoGraph tells the places and their code first, the exception last.
    wrapped = lines[:1] == ["in user code:"]
    reason = (told[-1] if wrapped else told[0]) if told else ""
    shown = reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"
    return shown.rstrip(".:")


def _place(error: BaseException, folder: str) -> str:
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    # AutoGraph runs a copy of the code and names the original in the message.
    places += [(file, int(line)) for file, line in _PLACE.findall(str(error))]
    own = [
        f"{folder}{file.rpartition(folder)[2]} line {line}"
        for file, line in places
        if folder in file.replace("\\", "/")
    ]
    return own[-1] if own else ""
