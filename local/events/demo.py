"""The demo's records: the data set of a workload as a crowd of producers would send it."""

from __future__ import annotations

import base64
import datetime
import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, cast

from local.events.contracts import EventContract
from local.events.crowd import Crowd, CrowdEvent, has_late_label, is_damaged
from local.events.documents import Event, value_at, without
from local.events.identity import EventIdentity
from local.events.sent_record import SentRecord


@dataclass(frozen=True)
class Question:
    """What the API is asked once a model serves; its answer is held back from training.

    Attributes:
        number: Of its event, counted from 0.
        instance: What the API is sent.
        text: What people are shown of it.
        expected: The part of a prediction that was held back, for example `{"label": "late"}`. Of
            an array every item must be among those that are answered.
    """

    number: int
    instance: dict[str, Any]
    text: str
    expected: dict[str, Any]


class LabelArrival(Enum):
    """When the label of an event reaches the stream."""

    WITH_EVENT = "with the event"
    LATE = "as a second event"
    NEVER = "never"


def crowd_label_arrival(number: int) -> LabelArrival:
    """When the label of the n-th event arrives where a workload says nothing else."""
    return LabelArrival.LATE if has_late_label(number) else LabelArrival.WITH_EVENT


class DemoEvents(Protocol):
    """What `workloads/<name>/demo/events.py` has to offer.

    It may offer `label_arrival` beside it, a function of an event's number that says when its label
    reaches the stream, where that is not as in `crowd_label_arrival`.
    """

    def read_events(
        self, data: Path, count: int | None, moment: datetime.datetime
    ) -> Sequence[Event]:
        """Events of the data set, evenly spread over it, with their labels; or invented ones.

        Args:
            data: Folder of the workload's data set; it is not there without a `demo/data.json`.
            count: How many; None: all, or as many as make a good demo.
            moment: When each of them happens.

        Raises:
            ValueError: There are fewer.
        """

    def hold_back(
        self, events: Sequence[Event], may_be: Callable[[int], bool]
    ) -> Sequence[Question]:
        """Chooses events whose labels training must not see, or which it must not see at all
        where events have none.

        Args:
            events: As `read_events` returns them.
            may_be: Whether the event of a number may be one of them.
        """


def demo_events(workload: str) -> DemoEvents:
    """Imports the events of a workload's demo."""
    return cast(DemoEvents, importlib.import_module(f"workloads.{workload}.demo.events"))


def label_arrival_of(events: DemoEvents) -> Callable[[int], LabelArrival]:
    """When labels arrive, by the number of their event."""
    return cast(
        Callable[[int], LabelArrival], getattr(events, "label_arrival", crowd_label_arrival)
    )


def demo_records(
    contract: EventContract,
    events: Sequence[Event],
    questions: Iterable[Question],
    moment: datetime.datetime,
    label_arrival: Callable[[int], LabelArrival] = crowd_label_arrival,
) -> Iterator[SentRecord]:
    """Yields what is sent: labels that were held back never, others when they arrive.

    Where events have no label, what is held back is the event itself: it is not sent.
    """
    held_back = {question.number for question in questions}
    label = EventIdentity(contract).label

    def crowd_events() -> Iterator[CrowdEvent | None]:
        for number, event in enumerate(events):
            if label is None and number in held_back:
                yield None
                continue
            value = None if label is None else value_at(event, label.path)
            arrival = LabelArrival.NEVER if number in held_back else label_arrival(number)
            if label is None or value is None or arrival is LabelArrival.WITH_EVENT:
                yield CrowdEvent(event)
            else:
                late = value if arrival is LabelArrival.LATE else None
                yield CrowdEvent(without(event, label.path), late)

    return Crowd(contract, lambda: moment).records(crowd_events())


def record_line(record: SentRecord) -> str:
    """A record as the demo reads it: JSON, its bytes in base64."""
    return json.dumps(
        {
            "data": base64.b64encode(record.data).decode(),
            "partitionKey": record.partition_key,
            "identity": record.identity,
            "expected": record.expected,
            "reasonField": record.reason_field,
            "label": record.label,
        }
    )


def question_line(question: Question) -> str:
    """A question as the demo reads it."""
    return json.dumps(asdict(question))


def may_be_held_back(number: int) -> bool:
    """Whether an event reaches the lake as it is."""
    return not is_damaged(number)
