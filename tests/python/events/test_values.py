"""Valid events from numbers: exact ones of a small contract."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from streaming_ml.contract import EventContract, parse_contract

from local.events.documents import padded, with_value, without
from local.events.identity import EventIdentity, canonical_text
from local.events.values import EventValues

MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
SAFE = 2**53 - 1


def field(name: str, kind: str, *uses: str, required: bool = True, **rules: Any) -> dict[str, Any]:
    path = name.split(".")
    joined = "_".join(path)
    limits: dict[str, Any] = {}
    if kind == "string":
        limits = {"minimumLength": 0}
    elif kind == "integer":
        limits = {"minimum": -SAFE, "maximum": SAFE}
    return {
        "path": path,
        "name": joined,
        "column": joined,
        "type": kind,
        "required": required,
        "uses": uses,
        **limits,
        **rules,
    }


def contract_of(*fields: dict[str, Any]) -> EventContract:
    """A compiled contract, so far as local tools look at it."""
    label = next((one["name"] for one in fields if "label" in one["uses"]), None)
    content = {
        "version": 1,
        "workload": "parcels",
        "maximumRecordBytes": 65536,
        "fields": fields,
        "objects": [],
        "identity": [one["name"] for one in fields if "identity" in one["uses"]],
        "eventTime": None,
        "label": label and {"name": label, "values": []},
        "columns": [],
    }
    return parse_contract(json.dumps(content), "a test")


PARCELS = contract_of(
    field("parcel.number", "integer", "identity"),
    field("depot", "string", "pseudonym", maximumLength=9),
    field("sent", "date-time", "event-time"),
    field("weight", "number", required=False, minimum=1, maximum=2),
    field("sizes", "integer", minimumItems=1, maximumItems=2, minimum=5, maximum=6),
    field("colour", "string", required=False, allowed=["red", "blue"]),
    field("is_late", "boolean", "label", required=False),
)


def test_the_same_number_gives_the_same_event() -> None:
    values = EventValues(PARCELS)
    events = [values.event("p", number, MOMENT) for number in range(4)]
    assert events == [values.event("p", number, MOMENT) for number in range(4)]
    start = events[0]["parcel"]["number"]
    sent = "2026-01-02T03:04:05Z"
    assert events == [
        {
            "parcel": {"number": start},
            "depot": "depot-0",
            "sent": sent,
            "weight": 1.0,
            "sizes": [5],
            "colour": "red",
        },
        {
            "parcel": {"number": start + 1},
            "depot": "depot-1",
            "sent": sent,
            "weight": 1.001,
            "sizes": [6, 5],
            "colour": "blue",
        },
        {
            "parcel": {"number": start + 2},
            "depot": "depot-2",
            "sent": sent,
            "weight": 1.002,
            "sizes": [5, 6],
            "colour": "red",
        },
        {
            "parcel": {"number": start + 3},
            "depot": "depot-3",
            "sent": sent,
            "weight": 1.003,
            "sizes": [6],
        },
    ]


def test_optional_fields_mostly_have_a_value_and_may_be_absent_or_null() -> None:
    values = EventValues(PARCELS)
    events = [values.event("p", number, MOMENT) for number in range(8)]
    assert [event.get("colour", "absent") for event in events] == [
        *("red", "blue", "red", "absent", None, "blue", "red", "blue"),
    ]
    assert all("is_late" not in event for event in events)


def test_completes_an_event_without_changing_what_it_has() -> None:
    assert EventValues(PARCELS).complete({"depot": "d", "colour": None}, "p", 1, MOMENT) == {
        "parcel": EventValues(PARCELS).event("p", 1, MOMENT)["parcel"],
        "depot": "d",
        "sent": "2026-01-02T03:04:05Z",
        "weight": 1.001,
        "sizes": [6, 5],
        "colour": "blue",
        "is_late": False,
    }


@pytest.mark.parametrize(
    "fields",
    [
        [field("id", "string", "identity", minimumLength=1, maximumLength=128)],
        [field("id", "string", "identity", minimumLength=1, maximumLength=12)],
        [field("id", "string", "identity", minimumLength=30, maximumLength=30)],
        [field("id", "integer", "identity")],
        [field("id", "date-time", "identity")],
        [
            field("kind", "string", "identity", allowed=["a", "b"]),
            field("id", "integer", "identity", minimum=0, maximum=2**53 - 1),
        ],
    ],
)
def test_every_event_of_every_prefix_has_its_own_identity(
    fields: list[dict[str, Any]],
) -> None:
    contract = contract_of(*fields)
    values, identity = EventValues(contract), EventIdentity(contract)
    found = {
        identity.of_event(values.event(prefix, number, MOMENT))
        for prefix in ("post", "later", "cold")
        for number in range(2000)
    }
    assert len(found) == 6000


def test_identity_label_and_partition_key_are_texts() -> None:
    event = EventValues(PARCELS).complete({"parcel": {"number": 7}}, "p", 502, MOMENT)
    parcels = EventIdentity(PARCELS)
    assert parcels.of_event(event) == ("7",)
    assert parcels.label_of(event) == "true"
    assert parcels.label_of(without(event, ["is_late"])) is None
    assert parcels.partition_key_of(event) == "depot-2"
    plain = EventIdentity(
        contract_of(field("a", "string", "identity"), field("b", "integer", "identity"))
    )
    assert plain.label_of({"a": "x"}) is None
    assert plain.partition_key_of({"a": "x", "b": 1}) == "x:1"
    assert plain.partition_key_of({"a": "x" * 300, "b": 1}) == "x" * 256


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (-7, "-7"),
        (True, "true"),
        (
            datetime.datetime.fromisoformat("2026-01-02T05:04:05.5+02:00"),
            "2026-01-02T03:04:05.500000+00:00",
        ),
        (datetime.datetime(2026, 1, 2), "2026-01-02T00:00:00.000000+00:00"),
    ],
)
def test_a_value_has_one_text(value: object, text: str) -> None:
    assert canonical_text(value) == text


def test_documents_are_changed_in_copies() -> None:
    event = {"a": {"b": 1, "c": 2}, "d": 3}
    assert with_value(event, ["a", "b"], 9) == {"a": {"b": 9, "c": 2}, "d": 3}
    assert with_value(event, ["d", "e"], 9) == {"a": {"b": 1, "c": 2}, "d": {"e": 9}}
    assert without(event, ["a", "c"]) == {"a": {"b": 1}, "d": 3}
    assert without(event, ["d"]) == {"a": {"b": 1, "c": 2}}
    assert without(event, ["x", "y"]) == event
    assert padded({"a": 1}, 12) == b'{"a":1     }'
