"""Why a process failed, in the words of its own log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

TAIL_BYTES = 64 * 1024
TAIL_LINES = 20
LONGEST_REASON = 1000

# botocore names its classes after the codes of a service, for example AccessDenied.
_PYTHON_ERROR = re.compile(
    r"^(?:botocore\.errorfactory\.\w+: "
    r"|[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Failure)\b).*"
)
_JAVA_ERROR = re.compile(r"^(?:Exception in thread .*|Caused by: .*|Error: .*)")
# What the programs of this repository log when they end for a reason that they know: with a time
# and a logger in Spark's jobs, whose logs other lines share, and without in the training's.
_LOGGED_ERROR = re.compile(
    r"^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ERROR (?:root|streaming_ml[\w.]*): |ERROR )(.+)"
)
_TRACEBACK = "Traceback (most recent call last):"
_ARGUMENT_ERROR = re.compile(r"^[\w.-]+: error: .*")


def read_tail(path: Path) -> str:
    """Reads the end of a log; empty when there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return file.read().decode(errors="replace")


def failure_reason(log: str) -> str:
    """Returns the line that names the error: the last one that looks like it, else the last.

    What a program says itself goes before what is said of it: the sentence that it logged, or the
    end of its traceback. Python ends that with the error's class and message; Java names it before
    the stack; argparse prints ``program: error: message``. Empty when the log is.
    """
    lines = _lines(log)
    return _own_error(lines) or _error_line(lines) or (lines[-1][:LONGEST_REASON] if lines else "")


def failure_of(logs: Sequence[Path]) -> tuple[str, Path]:
    """Returns why a process failed, and the log that says so.

    spark-submit passes on what a Python driver writes to standard error as standard output, and
    says on standard error only that it ended. What the program says itself wins, in whichever log
    it is, then the first log that names an error, else the last line of the first log; the reason
    is empty when that says nothing.

    Args:
        logs: Standard error first: the last line of standard output is no reason.
    """
    for search in (_own_error, _error_line):
        for path in logs:
            if reason := search(_lines(read_tail(path))):
                return reason, path
    return failure_reason(read_tail(logs[0])), logs[0]


def _lines(log: str) -> list[str]:
    return [line.strip() for line in log.splitlines() if line.strip()]


def _own_error(lines: list[str]) -> str:
    reason = ""
    in_traceback = False
    for line in lines:
        logged = _LOGGED_ERROR.match(line)
        if logged:
            reason = logged[1]
        elif line == _TRACEBACK:
            in_traceback = True
        elif in_traceback and _PYTHON_ERROR.match(line):
            reason, in_traceback = line, False
    return reason[:LONGEST_REASON]


def _error_line(lines: list[str]) -> str:
    for pattern in (_PYTHON_ERROR, _ARGUMENT_ERROR, _JAVA_ERROR):
        for line in reversed(lines):
            if pattern.match(line):
                return line[:LONGEST_REASON]
    return ""


def last_lines(log: str) -> str:
    """Returns the end of a log that fits into an error message."""
    return "\n".join(log.rstrip().splitlines()[-TAIL_LINES:])
