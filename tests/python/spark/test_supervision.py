"""Restarts within a budget, and the three ways to end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streaming_ml.supervision import Ending, RestartBudget, supervise


class FakeQuery:
    """Ends with an error, or after a stop."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.stops = 0

    def wait(self, seconds: float) -> bool:
        if self.error is not None:
            raise self.error
        return self.stops > 0

    def stop_at_boundary(self) -> None:
        self.stops += 1


def never() -> bool:
    return False


def starts(*queries: FakeQuery) -> Callable[[], FakeQuery]:
    return iter(queries).__next__


def test_restarts_until_the_budget_is_spent() -> None:
    pauses: list[float] = []
    queries = [FakeQuery(RuntimeError(f"failure {number}\nmore")) for number in range(4)]
    reasons: list[str] = []
    outcome = supervise(
        starts(*queries), RestartBudget(3), never, never, pauses.append, reasons.append
    )
    assert outcome == (Ending.FAILED, "failure 3 more")
    assert pauses == [1, 2, 4]
    assert reasons == [f"failure {number} more" for number in range(3)]


def test_a_budget_of_zero_fails_at_once() -> None:
    outcome = supervise(
        starts(FakeQuery(RuntimeError("first failure"))),
        RestartBudget(0),
        never,
        never,
        _must_not_pause,
    )
    assert outcome == (Ending.FAILED, "RuntimeError: first failure")


def test_old_failures_are_forgotten() -> None:
    now = 0.0
    budget = RestartBudget(1, window_seconds=100, clock=lambda: now)
    assert budget.take() == 1
    now = 99.9
    assert budget.take() is None
    now = 200.0
    assert budget.take() == 1


def test_stops_at_a_boundary() -> None:
    query = FakeQuery()
    assert supervise(starts(query), RestartBudget(0), lambda: True, never) == (Ending.STOPPED, None)
    assert query.stops == 1


def test_the_error_that_a_stop_causes_is_not_a_failure() -> None:
    query = FakeQuery(RuntimeError("stopped before micro-batch 7"))
    outcome = supervise(starts(query), RestartBudget(0), lambda: True, never, _must_not_pause)
    assert outcome == (Ending.STOPPED, None)


@pytest.mark.parametrize("error", [None, RuntimeError("conflict")])
def test_a_lost_lock_ends_it(error: Exception | None) -> None:
    outcome = supervise(starts(FakeQuery(error)), RestartBudget(9), never, lambda: True)
    assert outcome == (Ending.LOCK_LOST, None)


def test_an_unrequested_end_is_a_failure() -> None:
    query = FakeQuery()
    query.stops = 1
    ending, reason = supervise(starts(query), RestartBudget(0), never, never, _must_not_pause)
    assert (ending, reason) == (Ending.FAILED, "The query ended without a stop request.")


def test_a_source_that_cannot_be_opened_counts_too() -> None:
    def start() -> FakeQuery:
        raise RuntimeError("no such stream")

    pauses: list[float] = []
    outcome = supervise(start, RestartBudget(1), never, never, pauses.append)
    assert outcome == (Ending.FAILED, "no such stream")
    assert pauses == [1]


def _must_not_pause(_: float) -> None:
    raise AssertionError("must not pause")
