"""The stream of a crowd: how many of its events are wrong, doubled or labelled later."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from itertools import islice

from local.audit.sent_records import DUPLICATE, VALID
from local.events.crowd import Crowd, CrowdEvent
from tests.python.events.test_values import MOMENT, contract_of, field

CONTRACT = contract_of(
    field("id", "string", "identity", maximumLength=100),
    field("is_late", "boolean", "label", required=False),
)


def crowd() -> Crowd:
    return Crowd(CONTRACT, lambda: MOMENT)


def test_gives_exact_records() -> None:
    first = next(crowd().valid("p"))
    assert (first.identity, first.partition_key, first.data) == (
        ("p-0000000",),
        "p-0000000",
        b'{"id":"p-0000000"}',
    )
    assert (first.expected, first.reason_field, first.label) == (VALID, None, None)


def test_damages_one_in_50_duplicates_one_in_25_and_labels_one_in_40_late() -> None:
    records = list(crowd().records(CrowdEvent({"id": str(number)}) for number in range(5000)))
    counts = Counter(record.expected in (VALID, DUPLICATE) for record in records)
    assert counts == {True: 5100, False: 100}
    assert sum(record.expected == DUPLICATE for record in records) == 200
    mixed = list(islice(crowd().mixed("p"), 8000))
    late = [record for record in mixed if record.label is not None]
    assert {record.label for record in late} == {"true", "false"}
    assert json.loads(late[0].data) == {"id": "p-0000003", "is_late": True}
    places = {record.identity: place for place, record in reversed(list(enumerate(mixed)))}
    assert all(mixed.index(record) - places[record.identity] > 700 for record in late)


def test_every_repetition_follows_its_original_and_is_the_same() -> None:
    records = list(islice(crowd().mixed("p"), 5000))
    originals = {}
    for record in records:
        if record.expected == VALID and record.label is None:
            originals[record.identity] = record
        elif record.expected == DUPLICATE:
            assert record.data == originals[record.identity].data
    assert any(record.expected == DUPLICATE for record in records)
    without = islice(crowd().mixed("p", duplicates=False), 5000)
    assert all(record.expected != DUPLICATE for record in without)


def test_a_contract_without_label_has_none_that_comes_late() -> None:
    contract = contract_of(field("number", "integer", "identity"))
    records = list(islice(Crowd(contract).mixed("p"), 3000))
    assert {record.label for record in records} == {None}
    verdicts = Counter(record.identity for record in records if record.expected == VALID)
    assert set(verdicts.values()) == {1}


def test_poisonous_records_have_every_damage_among_valid_ones() -> None:
    one = crowd()
    records = list(one.poisonous("p", 2))
    damaged = [
        (record.expected, record.reason_field) for record in records if record.expected != VALID
    ]
    told = [(damage.reason, damage.reason_field) for damage in one.damages]
    assert damaged == [*told, *told]
    assert len(records) == 2 * len(damaged)
    assert {len(record.partition_key.encode()) for record in records[::2]} == {1024}
    assert len({record.identity for record in records}) == len(records)


def test_pads_an_event_to_a_size() -> None:
    record = crowd().padded("large", 3, 100, "key", "record_too_large")
    assert (record.identity, record.partition_key) == (("large-0000003",), "key")
    assert (record.expected, len(record.data)) == ("record_too_large", 100)
    assert json.loads(record.data) == {"id": "large-0000003"}


def test_the_clock_is_that_of_the_caller() -> None:
    contract = contract_of(
        field("id", "string", "identity"), field("at", "date-time", "event-time")
    )
    later = MOMENT + datetime.timedelta(days=1)
    moments = iter([MOMENT, later])
    records = Crowd(contract, lambda: next(moments)).valid("p")
    assert [json.loads(record.data)["at"] for record in islice(records, 2)] == [
        "2026-01-02T03:04:05Z",
        "2026-01-03T03:04:05Z",
    ]
