"""Why a process failed, in the words of its own log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

TAIL_BYTES = 64 * 1024
TAIL_LINES = 20
LONGEST_REASON = 1000

_PYTHON_ERROR = re.compile(r"^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Failure)\b.*")
_JAVA_ERROR = re.compile(r"^(?:Exception in thread .*|Caused by: .*|Error: .*)")
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

    Python ends a traceback with the error's class and message; Java names it before the stack;
    argparse prints ``program: error: message``. Empty when the log is.
    """
    lines = _lines(log)
    return _error_line(lines) or (lines[-1][:LONGEST_REASON] if lines else "")


def failure_of(logs: Sequence[Path]) -> tuple[str, Path]:
    """Returns why a process failed, and the log that says so.

    spark-submit passes on what a Python driver writes to standard error as standard output, so
    either log may hold the error. The first log that names one wins, else the last line of the
    first log; the reason is empty when that says nothing.

    Args:
        logs: Standard error first: the last line of standard output is no reason.
    """
    for path in logs:
        if reason := _error_line(_lines(read_tail(path))):
            return reason, path
    return failure_reason(read_tail(logs[0])), logs[0]


def _lines(log: str) -> list[str]:
    return [line.strip() for line in log.splitlines() if line.strip()]


def _error_line(lines: list[str]) -> str:
    for pattern in (_PYTHON_ERROR, _ARGUMENT_ERROR, _JAVA_ERROR):
        for line in reversed(lines):
            if pattern.match(line):
                return line[:LONGEST_REASON]
    return ""


def last_lines(log: str) -> str:
    """Returns the end of a log that fits into an error message."""
    return "\n".join(log.rstrip().splitlines()[-TAIL_LINES:])
