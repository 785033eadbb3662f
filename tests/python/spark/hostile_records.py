"""Hostile records, and the verdict that each must get.

Hypothesis draws them, the same ones each time, so that a failure can be reproduced.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.hostile_values import ANY_TEXT, date_times, members, texts, unknown_members

_RULES = {field.name: field for field in SENTIMENT.fields}
_REQUIRED = [field.name for field in SENTIMENT.fields if field.required]
_MICROSECOND = datetime.timedelta(microseconds=1)
_UNIX = datetime.datetime(1970, 1, 1)
_EARLIEST = (datetime.datetime(1900, 1, 1) - _UNIX) // _MICROSECOND
# Unicode's White_Space.
_BLANK = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*")
_DATE_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))", re.A
)

_PLAIN = {
    "event_id": "id",
    "user_id": "user",
    "text": "a text",
    "created_at": "2025-02-03T04:05:06.789Z",
}


@dataclass(frozen=True)
class Event:
    """A JSON object that may be an event.

    Attributes:
        fields: The contract's fields as they are sent, null included.
        more: Further members, as JSON.
        ascii_only: Whether everything else is escaped.
    """

    fields: Mapping[str, str | None]
    more: tuple[str, ...] = ()
    ascii_only: bool = True

    def record(self) -> bytes:
        """The document's bytes."""
        text = json.dumps(self.fields, ensure_ascii=self.ascii_only)
        members = [text[1:-1], *self.more] if self.fields else list(self.more)
        return "{{{}}}".format(",".join(members)).encode()

    def verdict(self, now: datetime.datetime) -> str | None:
        """Why it must be refused, None if it is valid: a second implementation of the contract."""
        # Two escaped halves side by side are one character.
        sent = json.loads(json.dumps(self.fields))
        fields = {name: value for name, value in sent.items() if value is not None}
        if len(self.record()) > SENTIMENT.maximum_record_bytes:
            return "record_too_large"
        for name in _REQUIRED:
            if name not in fields:
                return f"missing_field at {name}"
        for name in _RULES:
            if any("\ud800" <= character <= "\udfff" for character in fields.get(name, "")):
                return f"not_unicode at {name}"
        for name in _RULES:
            reason = _broken_rule(name, fields[name], now) if name in fields else None
            if reason is not None:
                return f"{reason} at {name}"
        return None


def events(count: int) -> list[Event]:
    """Draws events; the index of each is in its id, so that none repeats another."""
    drawn: list[Event] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_events())
    def draw(event: Event) -> None:
        drawn.append(event)

    draw()
    return [_numbered(event, number) for number, event in enumerate(drawn)]


def colliding_names(count: int) -> str:
    """Members whose names collide in hashes that multiply by 31 or 33 per character."""
    pairs = {31: ("Aa", "BB"), 33: ("ab", "bA")}
    names = []
    for first, second in pairs.values():
        names += [
            f"{number:010b}".replace("0", first).replace("1", second) for number in range(count)
        ]
    return members(names)


def _numbered(event: Event, number: int) -> Event:
    event_id = event.fields["event_id"]
    if event_id:
        start = f"{number} "
        # A length that was chosen on purpose is kept.
        event_id = start + (event_id if len(event_id) <= 100 else event_id[len(start) :])
    return Event({**event.fields, "event_id": event_id}, event.more, event.ascii_only)


def _broken_rule(name: str, value: str, now: datetime.datetime) -> str | None:
    rule = _RULES[name]
    if rule.type == "date-time":
        moment = _microseconds(value)
        if moment is None or moment < _EARLIEST:
            return "not_a_date_time"
        ahead = moment > (now + datetime.timedelta(days=1) - _UNIX) // _MICROSECOND
        return "in_future" if ahead else None
    if len(value) < (rule.minimum_length or 0):
        return "too_short"
    if rule.maximum_length is not None and len(value) > rule.maximum_length:
        return "too_long"
    if rule.minimum_length and _BLANK.fullmatch(value):
        return "blank"
    return "not_allowed" if rule.allowed is not None and value not in rule.allowed else None


def _microseconds(text: str) -> int | None:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        time = datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    fraction, sign, hours, minutes = match.groups()[6:]
    offset = 60 * int(hours or 0) + int(minutes or 0)
    if int(minutes or 0) > 59 or offset > 18 * 60:
        return None
    micros = (time - _UNIX) // _MICROSECOND + int(((fraction or "") + "000000")[:6])
    return micros - int(f"{sign or '+'}{offset}") * 60_000_000


def _events() -> st.SearchStrategy[Event]:
    """Posts that are valid except for one or two hostile fields."""
    hostile: dict[str, st.SearchStrategy[str | None]] = {
        "event_id": texts(128) | st.none(),
        "user_id": texts(128),
        "text": texts(_RULES["text"].maximum_length or 0),
        "created_at": date_times(),
        "lang": texts(35),
        "source": texts(64),
        "label": ANY_TEXT,
    }
    changes = st.sampled_from(sorted(hostile)).flatmap(
        lambda name: hostile[name].map(lambda value: {name: value})
    )
    return st.builds(
        lambda changes, label, more, ascii_only: Event(
            {**_PLAIN, "label": label, **changes[0], **changes[-1]}, more, ascii_only
        ),
        st.lists(changes, min_size=1, max_size=2),
        st.sampled_from([None, *(_RULES["label"].allowed or ())]),
        st.one_of(st.just(()), unknown_members(_RULES).map(lambda one: (one,))),
        st.just(True),
    )
