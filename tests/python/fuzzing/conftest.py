"""Tells how often each fuzzer ran, where `tests/fuzzing/main.ts` reads it."""

from __future__ import annotations

import pytest

from tests.python.fuzzing.executions import FACTOR, counts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints a line for each fuzzer in the long form."""
    if FACTOR > 1:
        for name, count in counts.items():
            terminalreporter.write_line(f"executions of {name}: {count}")
