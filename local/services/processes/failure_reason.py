"""Finds in the logs of a process why it failed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

TAIL_BYTES = 64 * 1024
TAIL_LINES = 20
LONGEST_REASON = 1000

# botocore names classes after the error codes of a service, for example AccessDenied.
_PYTHON_ERROR = re.compile(
    r"^(?:botocore\.errorfactory\.\w+: "
    r"|[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Failure)\b).*"
)
_JAVA_ERROR = re.compile(r"^(?:Exception in thread .*|Caused by: .*|Error: .*)")
# What programs of this repository log when they end with an error of their own: Spark's jobs with
# a time and a logger, because others write to the same log, the training without.
_LOGGED_ERROR = re.compile(
    r"^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ERROR (?:root|streaming_ml[\w.]*): |ERROR )(.+)"
)
_TRACEBACK = "Traceback (most recent call last):"
_ARGUMENT_ERROR = re.compile(r"^[\w.-]+: error: .*")


def read_tail(path: Path) -> str:
    """Reads the end of a log; empty if there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return file.read().decode(errors="replace")


def failure_reason(log: str) -> str:
    """Returns the line that names the error: the last one that looks like an error, else the last.

    The program's own error takes precedence: the sentence that it logged, or the last line of its
    traceback, with class and message. Java prints these before the stack; argparse prints
    ``program: error: message``. Empty if the log is empty.
    """
    lines = _lines(log)
    return _own_error(lines) or _error_line(lines) or (lines[-1][:LONGEST_REASON] if lines else "")


def failure_of(logs: Sequence[Path]) -> tuple[str, Path]:
    """Returns why a process failed, and the log with the reason.

    spark-submit writes the standard error of a Python driver to its standard output; its own
    standard error only says that the driver ended. The program's own error takes precedence, in
    any log; then the first log with an error; else the last line of the first log, which may be
    empty.

    Args:
        logs: Standard error first: the last line of standard output is not a reason.
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
    """Returns the last lines of a log, for an error message."""
    return "\n".join(log.rstrip().splitlines()[-TAIL_LINES:])
