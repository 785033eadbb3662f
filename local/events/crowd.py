"""Records as many producers would send them: mostly valid, some duplicated, some invalid."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from local.audit.sent_records import DUPLICATE, VALID
from local.events.contracts import EventContract
from local.events.damage import Damage, damages_of
from local.events.documents import Event, encoded, padded, with_value
from local.events.identity import LONGEST_PARTITION_KEY, EventIdentity
from local.events.oddities import oddities_of
from local.events.sent_record import SentRecord
from local.events.values import EventValues, plain_value

_DAMAGED_ONE_IN = 50
_DUPLICATE_ONE_IN = 25
_LATE_LABEL_ONE_IN = 40
# Far enough apart that copies are usually in different micro-batches.
_REPEAT_DISTANCE = 700
# 256 characters (PutRecord API reference), each of four bytes.
_LONGEST_KEY = "\U0001f511" * LONGEST_PARTITION_KEY


def utc_now() -> datetime.datetime:
    """The current time, in whole seconds."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def is_damaged(number: int) -> bool:
    """Whether the n-th event, counted from 0, is damaged."""
    return number % _DAMAGED_ONE_IN == 7


def has_late_label(number: int) -> bool:
    """Whether the label of the n-th event is sent after the event."""
    return number % _LATE_LABEL_ONE_IN == 3


@dataclass(frozen=True)
class CrowdEvent:
    """An event to be sent.

    Attributes:
        event: As it is sent at first.
        late_label: Label that is sent later; None if there is none.
    """

    event: Event
    late_label: Any = None


class Crowd:
    """Makes records as many producers would send them.

    Args:
        contract: The event contract.
        now: Returns the time of an event.
    """

    def __init__(
        self, contract: EventContract, now: Callable[[], datetime.datetime] = utc_now
    ) -> None:
        self.contract = contract
        self.damages: tuple[Damage, ...] = damages_of(contract, now)
        self._now = now
        self._identity = EventIdentity(contract)
        self._values = EventValues(contract)
        self._oddities = oddities_of(contract)

    def valid(self, prefix: str) -> Iterator[SentRecord]:
        """Yields valid events without end, each with its own identity.

        Args:
            prefix: Makes identities differ from those of other calls.
        """
        for number in count():
            yield self._record(self._values.event(prefix, number, self._now()))

    def mixed(self, prefix: str, duplicates: bool = True) -> Iterator[SentRecord]:
        """Yields events without end, with duplicates, late labels and all kinds of damage.

        Args:
            prefix: Makes identities differ from those of other calls.
            duplicates: Whether some events are sent twice.
        """
        return self.records(self._events(prefix), duplicates)

    def records(
        self, events: Iterable[CrowdEvent | None], duplicates: bool = True
    ) -> Iterator[SentRecord]:
        """Yields the records for events, as in `mixed`.

        Args:
            events: Valid events; None counts as one that is not sent.
            duplicates: Whether some events are sent twice.
        """
        repeats: list[tuple[int, SentRecord]] = []
        for number, one in enumerate(events):
            if one is None:
                continue
            if is_damaged(number):
                yield self._damaged(number // _DAMAGED_ONE_IN, one.event)
                continue
            record = self._record(one.event)
            yield record
            if one.late_label is not None:
                repeats.append((number, self._record(self._labelled(one))))
            elif duplicates and number % _DUPLICATE_ONE_IN == 11:
                repeats.append((number, self._record(one.event, DUPLICATE)))
            if repeats and repeats[0][0] + _REPEAT_DISTANCE <= number:
                yield repeats.pop(0)[1]
        yield from (record for _, record in repeats)

    def poisonous(self, prefix: str, copies: int) -> Iterator[SentRecord]:
        """Yields `copies` of every damage, each followed by a valid event, every second one odd.

        The partition keys have the greatest length that Kinesis allows.
        """
        valid = self.valid(f"{prefix}-valid")
        for number in range(copies * len(self.damages)):
            event = self._values.event(prefix, number, self._now())
            yield self._damaged(number, event, _LONGEST_KEY)
            if number % 2 == 0:
                yield next(valid)
            else:
                odd = self._values.event(f"{prefix}-odd", number, self._now())
                data = self._oddities[number // 2 % len(self._oddities)](odd)
                yield SentRecord(
                    self._identity.of_event(odd),
                    _LONGEST_KEY,
                    data,
                    label=self._identity.label_of(odd),
                )

    def padded(
        self, prefix: str, number: int, size: int, partition_key: str, expected: str = VALID
    ) -> SentRecord:
        """A valid event with white space, so that it has `size` bytes.

        Args:
            prefix: Tells the identity from those of other calls.
            number: Makes identities differ within the prefix.
            size: Bytes of the record, without its partition key.
            partition_key: Of the record.
            expected: Expected verdict for a record of that size.
        """
        event = self._values.event(prefix, number, self._now())
        identity, label = self._identity.of_event(event), self._identity.label_of(event)
        data = padded(event, size)
        return SentRecord(identity, partition_key, data, expected, label=label)

    def _events(self, prefix: str) -> Iterator[CrowdEvent]:
        for number in count():
            event = self._values.event(prefix, number, self._now())
            comes_late = has_late_label(number) and self._identity.label_of(event) is None
            yield CrowdEvent(event, self._label(number) if comes_late else None)

    def _label(self, number: int) -> Any:
        field = self._identity.label
        return None if field is None else plain_value(field, number // _LATE_LABEL_ONE_IN)

    def _labelled(self, one: CrowdEvent) -> Event:
        field = self._identity.label
        return one.event if field is None else with_value(one.event, field.path, one.late_label)

    def _record(self, event: Event, expected: str = VALID) -> SentRecord:
        return SentRecord(
            self._identity.of_event(event),
            self._identity.partition_key_of(event),
            encoded(event),
            expected,
            label=self._identity.label_of(event),
        )

    def _damaged(self, number: int, event: Event, partition_key: str | None = None) -> SentRecord:
        damage = self.damages[number % len(self.damages)]
        complete = self._values.complete(event, "damaged", number, self._now())
        return SentRecord(
            self._identity.of_event(event),
            partition_key or self._identity.partition_key_of(event),
            damage.apply(complete),
            damage.reason,
            damage.reason_field,
        )
