"""Describes an exception that a workload's code has raised, and where."""

from __future__ import annotations

import re
import traceback

_CODE_LINE = re.compile(r'File "([^"]+)", line (\d+)')
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WRAPPED = ("in user code:", "Exception encountered when calling")
_DETAILS = ("File ", "Detected at node", "<stack traces", "Arguments received", "Graph execution")
_LONGEST = 300


def failure(error: BaseException, workload: str) -> str:
    """Returns the exception's class and reason in one line, and where it was raised.

    Args:
        error: The exception.
        workload: Name of the workload's folder; the innermost line in it is named, if there is one.
    """
    reason = _reason(error)
    kind = type(error).__name__
    named = reason if reason.startswith(f"{kind}:") else f"{kind}: {reason}"
    description = named if reason else kind
    code_line = _code_line(error, f"workloads/{workload}/")
    return f"{description} ({code_line})" if code_line else description


def _reason(error: BaseException) -> str:
    """Returns the line with the reason, without the lines about calls and graphs."""
    if isinstance(error, SyntaxError):
        return error.msg
    lines = [line.strip() for line in _COLOUR.sub("", str(error)).splitlines()]
    reasons = [line for line in lines if line and not line.startswith((*_WRAPPED, *_DETAILS))]
    # AutoGraph prints the code lines first, the exception last.
    wrapped = lines[:1] == ["in user code:"]
    reason = (reasons[-1] if wrapped else reasons[0]) if reasons else ""
    shown = reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"
    return shown.rstrip(".:")


def _code_line(error: BaseException, folder: str) -> str:
    code_lines = [
        (frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        code_lines.append((error.filename or "", error.lineno))
    # AutoGraph runs a copy of the code and names the original in the message.
    code_lines += [(file, int(line)) for file, line in _CODE_LINE.findall(str(error))]
    own = [
        f"{folder}{file.rpartition(folder)[2]} line {line}"
        for file, line in code_lines
        if folder in file.replace("\\", "/")
    ]
    return own[-1] if own else ""
