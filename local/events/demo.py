"""Records of the demo: the data set of a workload, as many producers would send it."""

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
    """A request to the API once a model is served; its answer is not used for training.

    Attributes:
        number: Number of its event, counted from 0.
        instance: The instance in the request.
        text: Text that is shown for it.
        expected: The part of the prediction that was not used for training, for example
            `{"label": "late"}`. The prediction must have every item of an array.
    """

    number: int
    instance: dict[str, Any]
    text: str
    expected: dict[str, Any]


class LabelArrival(Enum):
    """When the label of an event is sent."""

    WITH_EVENT = "with the event"
    LATE = "as a second event"
    NEVER = "never"


def crowd_label_arrival(number: int) -> LabelArrival:
    """When the label of the n-th event is sent, unless the workload says otherwise."""
    return LabelArrival.LATE if has_late_label(number) else LabelArrival.WITH_EVENT


class DemoEvents(Protocol):
    """Functions of `workloads/<name>/demo/events.py`.

    The module may also have `label_arrival`, a function of the number of an event that returns when
    its label is sent. The default is `crowd_label_arrival`.
    """

    def read_events(
        self, data: Path, count: int | None, moment: datetime.datetime
    ) -> Sequence[Event]:
        """Events of the data set, evenly spread over it, with labels; or invented events.

        Args:
            data: Folder of the data set; it does not exist without `demo/data.json`.
            count: How many; None for all, or for as many as a demo needs.
            moment: Time of all events.

        Raises:
            ValueError: There are fewer than `count`.
        """

    def hold_back(
        self, events: Sequence[Event], may_be: Callable[[int], bool]
    ) -> Sequence[Question]:
        """Chooses events whose labels are not used for training; without labels, the events
        themselves are not.

        Args:
            events: The result of `read_events`.
            may_be: Returns whether the event with a number may be chosen.
        """


def demo_events(workload: str) -> DemoEvents:
    """Imports the events of a workload's demo."""
    return cast(DemoEvents, importlib.import_module(f"workloads.{workload}.demo.events"))


def label_arrival_of(events: DemoEvents) -> Callable[[int], LabelArrival]:
    """When labels are sent, by the number of the event."""
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
    """Yields the records to send, without the labels that were held back.

    If events have no labels, an event that was held back is not sent.
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
    """A record as JSON, with its bytes in base64."""
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
    """A question as JSON."""
    return json.dumps(asdict(question))


def may_be_held_back(number: int) -> bool:
    """Whether an event is not damaged, so that it is in the lake."""
    return not is_damaged(number)
