"""Records as nobody would send them, and the verdict that each must get.

Hypothesis draws them, the same ones each time, so that a failure comes again.
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

# Every character there is, and every half of a surrogate pair.
_ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
_ODD_CHARACTERS = ("😀", "\0", "\x1c", "\u2028", "\ufeff", "\ufffe", "\ud800", "\udc00\ud800")
_UNICODE = st.text(min_size=1, max_size=20)


@dataclass(frozen=True)
class Event:
    """A JSON object that may be an event.

    Attributes:
        fields: The contract's fields as they are sent, null included.
        more: Further members as they stand in the document.
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
        """Why it must be refused, null where it must not: the contract, told a second time."""
        # Two escaped halves beside each other are one character.
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
    """Members whose names have one hash for everybody who reckons with 31 or 33 a character."""
    pairs = {31: ("Aa", "BB"), 33: ("ab", "bA")}
    names = []
    for first, second in pairs.values():
        names += [
            f"{number:010b}".replace("0", first).replace("1", second) for number in range(count)
        ]
    return _members(names)


def _numbered(event: Event, number: int) -> Event:
    event_id = event.fields["event_id"]
    if event_id:
        start = f"{number} "
        # What has a certain length on purpose keeps it.
        event_id = start + (event_id if len(event_id) <= 100 else event_id[len(start) :])
    return Event({**event.fields, "event_id": event_id}, event.more, event.ascii_only)


def _members(names: list[str]) -> str:
    return ",".join(f"{json.dumps(name)}:0" for name in names)


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


def _lengths(limit: int) -> st.SearchStrategy[int]:
    return st.one_of(
        st.sampled_from([0, 1, limit - 1, limit, limit + 1]), st.integers(0, limit + 9)
    )


def _texts(limit: int) -> st.SearchStrategy[str]:
    """Short texts of anything, and texts around a limit of something that repeats."""
    return st.one_of(
        st.builds(lambda text, odd: text + odd, _ANY_TEXT, st.sampled_from(_ODD_CHARACTERS)),
        _UNICODE,
        st.builds(
            lambda unit, length: (unit * length)[:length],
            st.one_of(
                _UNICODE,
                st.sampled_from(["a.", "1.", "a@1.", "@a", "0-", "+1 (", *_ODD_CHARACTERS]),
            ),
            _lengths(limit),
        ),
        st.builds(lambda local, dots: "a" * local + "@" + "1." * dots, *[st.integers(0, 999)] * 2),
    )


def _date_times() -> st.SearchStrategy[str]:
    numbers = [
        st.one_of(
            st.sampled_from([0, 1, 1582, 1883, 1899, 1900, 1969, 2025, 9999]),
            st.integers(1890, 2025),
        ),
        st.one_of(st.sampled_from([1, 12]), st.integers(0, 13)),
        st.one_of(st.sampled_from([1, 31]), st.integers(0, 32)),
        st.one_of(st.sampled_from([0, 23]), st.integers(0, 24)),
        st.one_of(st.sampled_from([0, 59]), st.integers(0, 60)),
        st.one_of(st.sampled_from([0, 59]), st.integers(0, 60)),
    ]
    fractions = st.one_of(st.just(""), st.integers(0, 10**12).map(".{}".format))
    zones = st.one_of(
        st.just("Z"),
        st.builds(
            "{}{:02}:{:02}".format,
            st.sampled_from("+-"),
            st.integers(0, 19),
            st.sampled_from([0, 30, 59, 60]),
        ),
    )
    built = st.builds("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}".format, *numbers, fractions, zones)
    return st.one_of(built, built, _ANY_TEXT)


def _values() -> st.SearchStrategy[str]:
    """JSON values that no rule looks at."""
    count = st.one_of(st.integers(0, 50), st.sampled_from([999, 1001, 5000, 30_000]))
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _ANY_TEXT
    )
    trees = st.recursive(
        leaves, lambda more: st.lists(more) | st.dictionaries(_ANY_TEXT, more), max_leaves=4
    )
    return st.one_of(
        trees.map(json.dumps).map(lambda text: text.replace("Infinity", "1e999")),
        count.map(lambda deep: "[" * (deep + 1) + "]" * (deep + 1)),
        count.map(lambda deep: '{"a":' * deep + "0" + "}" * deep),
        count.map(lambda digits: "7" * (digits + 1)),
        count.map(lambda digits: f"-0.{'3' * (digits + 1)}E+{'4' * (digits + 1)}"),
        count.map(lambda length: json.dumps("x" * length)),
    )


def _more() -> st.SearchStrategy[str]:
    names = st.one_of(_ANY_TEXT, st.sampled_from([50_001, 60_000]).map(lambda length: "n" * length))
    many = st.integers(0, 10**6).map(
        lambda first: _members([f"field {number}" for number in range(first, first + 2000)])
    )
    own = list(_RULES)
    one = st.builds(
        lambda name, value: f"{json.dumps(name)}:{value}",
        names.filter(lambda n: n not in own),
        _values(),
    )
    return st.one_of(one, one, one, many)


def _events() -> st.SearchStrategy[Event]:
    """Posts that are valid but for one or two of their fields, which are whatever they are."""
    hostile: dict[str, st.SearchStrategy[str | None]] = {
        "event_id": _texts(128) | st.none(),
        "user_id": _texts(128),
        "text": _texts(_RULES["text"].maximum_length or 0),
        "created_at": _date_times(),
        "lang": _texts(35),
        "source": _texts(64),
        "label": _ANY_TEXT,
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
        st.one_of(st.just(()), _more().map(lambda one: (one,))),
        st.just(True),
    )
