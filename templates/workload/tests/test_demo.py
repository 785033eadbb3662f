"""Invented tickets, questions about them, and the baseline."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from local.events.demo import LabelArrival

from ..demo import baseline
from ..demo.events import hold_back, invent, label_arrival, read_events

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=datetime.UTC)


def test_invents_the_same_tickets_everywhere() -> None:
    events = read_events(Path(), 3000, MOMENT)
    assert events[6] == {
        "ticket_id": "ticket-000006",
        "customer_id": "customer-159",
        "opened_at": "2026-01-02T03:04:05Z",
        "subject": "Hello, wrong amount on an invoice in the shop",
        "waiting_minutes": 73.5,
        "plan": "business",
        "urgent": True,
    }
    assert len({one["ticket_id"] for one in events}) == 3000
    assert sum(one["urgent"] for one in events) == 1180
    # As many as are asked for, and they do not change with their number.
    assert read_events(Path(), 7, MOMENT) == events[:7]
    assert len(read_events(Path(), None, MOMENT)) == 6000


def test_labels_come_with_the_ticket_or_later_or_never() -> None:
    arrivals = [label_arrival(number) for number in range(10)]
    with_event, late, never = LabelArrival.WITH_EVENT, LabelArrival.LATE, LabelArrival.NEVER
    assert arrivals == [
        *(late, with_event, with_event, late, with_event),
        *(with_event, late, with_event, with_event, never),
    ]


def test_asks_about_six_clear_tickets_of_each_kind() -> None:
    events = read_events(Path(), 3000, MOMENT)
    questions = hold_back(events, lambda number: number < 1000)
    assert [one.expected for one in questions] == [{"urgent": True}] * 6 + [{"urgent": False}] * 6
    assert len({one.number for one in questions}) == 12
    for one in questions:
        event = events[one.number]
        assert one.number < 1000 and event["urgent"] is one.expected["urgent"]
        assert abs(invent(one.number)[1]) > 2
        assert one.instance == {
            name: event[name] for name in ("subject", "waiting_minutes", "plan")
        }
    assert questions[0].text == "cannot sign in in the office (business, 151.6 minutes)"


@pytest.mark.parametrize("select", [[], ["--select"]])
def test_prints_the_baseline(
    ticket_set: Path, capsys: pytest.CaptureFixture[str], select: list[str]
) -> None:
    assert baseline.main(["--training-set", str(ticket_set), *select]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["name"] == "Logistic regression"
    assert printed["average_precision"] > 0.9
    assert printed["seconds"] > 0


def test_names_what_is_missing_in_a_training_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline.main(["--training-set", str(tmp_path)]) == 1
    assert "train holds no example. Expected *.json.gz" in capsys.readouterr().err
