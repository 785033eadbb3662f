"""Every type a field may have, in objects and in arrays: what is taken, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.python.spark.conftest import ReadEvents, verdict
from tests.python.spark.event_contracts import compiled, compiled_schema, schema_of
from tests.python.spark.field_type_cases import CONTRACT, REFUSED, TAKEN

VALID = None


def record(members: str) -> bytes:
    """An event with `members` after its id."""
    return f'{{"id":"1",{members}}}'.encode()


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    """Filled by the first test that needs it: one query over all cases."""
    return {}


def event_of(members: str, read_events: ReadEvents, read: dict[str, dict[str, Any]]) -> Any:
    if not read:
        cases = [*TAKEN, *REFUSED]
        rows = read_events(*[record(case) for case in cases], contract=CONTRACT)
        read.update({case: row.asDict() for case, row in zip(cases, rows, strict=True)})
    return read[members]


@pytest.mark.parametrize("members", TAKEN, ids=lambda members: members[:60])
def test_takes(members: str, read_events: ReadEvents, read: Any) -> None:
    event = event_of(members, read_events, read)
    column, value = TAKEN[members]
    assert verdict(event) is VALID
    assert event[column] == value
    assert type(event[column]) is type(value)


@pytest.mark.parametrize("members", REFUSED, ids=lambda members: members[:60])
def test_refuses(members: str, read_events: ReadEvents, read: Any) -> None:
    event = event_of(members, read_events, read)
    assert verdict(event) == REFUSED[members]
    found = {name for name, value in event.items() if value is not None}
    assert found <= {"reason", "reason_field", "unknown_fields"}


def test_doubles_are_the_nearest_ones(read_events: ReadEvents) -> None:
    numbers = [
        *("0.1", "2.2250738585072011e-308", "2.2250738585072014e-308", "1e23", "8.5e-5"),
        *("9007199254740993.0", "9007199254740992.5", "5e-324", "2.4703282292062328e-324"),
        *("179769313486231580793728971405301e276", "-0.0", "123456789.123456789e-9"),
    ]
    (event,) = read_events(record(f'"waves":[{",".join(numbers)}]'), contract=CONTRACT)
    assert event["waves"] == [float(number) for number in numbers]


def test_a_required_object_is_missed_as_such(read_events: ReadEvents) -> None:
    contract = compiled(
        "objects",
        {
            "id": {"type": "string", "x-use": "identity"},
            "place": {
                "type": "object",
                "properties": {"name": {"type": ["string", "null"], "maxLength": 9}},
            },
        },
        "id",
        "place",
    )
    records = ['{"id":"1"}', '{"id":"1","place":null}', '{"id":"1","place":{}}', '{"place":{}}']
    events = read_events(*[one.encode() for one in records], contract=contract)
    assert [verdict(event) for event in events] == [
        "missing_field at place",
        "missing_field at place",
        VALID,
        "missing_field at id",
    ]


def test_a_number_of_millions_of_digits_ends(read_events: ReadEvents) -> None:
    fields = {
        "id": {"type": "string", "x-use": "identity"},
        "whole": {"type": ["integer", "null"]},
        "real": {"type": ["number", "null"]},
    }
    schema = {**schema_of(fields, "id"), "x-max-bytes": 10 * 1024 * 1024}
    digits = "7" * 9_000_000
    numbers = {
        f'"whole":{digits}': "too_large at whole",
        f'"whole":{digits}.5': "wrong_type at whole",
        f'"real":-{digits}': "too_small at real",
        f'"real":0.{digits}': VALID,
    }
    contract = compiled_schema("digits", json.dumps(schema))
    events = read_events(*[record(number) for number in numbers], contract=contract)
    assert [verdict(event) for event in events] == list(numbers.values())
