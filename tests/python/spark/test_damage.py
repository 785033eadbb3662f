"""Every damage that local tools know gets exactly its verdict from the job's own reader."""

from __future__ import annotations

import datetime
import json
from itertools import islice

import pytest
from streaming_ml.contract import EventContract

from local.audit.sent_records import DUPLICATE, VALID
from local.events.crowd import Crowd
from local.events.damage import damages_of
from local.events.documents import encoded
from local.events.oddities import oddities_of
from local.events.values import EventValues
from tests.python.spark.conftest import BATCH_TIME, ReadEvents, verdict
from tests.python.spark.event_contracts import (
    SENTIMENT,
    compiled,
    compiled_schema,
    schema_of,
)

# Every type, in objects and arrays, with limits and without.
OTHER = compiled(
    "shipments",
    {
        "parcel": {
            "type": "object",
            "required": ["number", "depot"],
            "properties": {
                "number": {"type": "integer", "x-use": "identity"},
                "depot": {
                    "type": "string",
                    "minLength": 2,
                    "maxLength": 12,
                    "x-use": ["identity", "pseudonym"],
                },
                "size": {
                    "type": ["object", "null"],
                    "required": ["width"],
                    "properties": {
                        "width": {"type": "integer", "minimum": 1, "maximum": 9},
                        "weight": {"type": ["number", "null"], "minimum": -2.5},
                    },
                },
            },
        },
        "at": {"type": "string", "format": "date-time", "x-use": "event-time"},
        "readings": {
            "type": "array",
            "minItems": 2,
            "maxItems": 4,
            "items": {"type": "number", "maximum": 50},
        },
        "counts": {"type": ["array", "null"], "maxItems": 3, "items": {"type": "integer"}},
        "stops": {
            "type": ["array", "null"],
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "string", "format": "date-time"},
        },
        "notes": {
            "type": ["array", "null"],
            "maxItems": 3,
            "items": {"type": "string", "minLength": 1, "maxLength": 5},
        },
        "colours": {
            "type": ["array", "null"],
            "maxItems": 2,
            "items": {"type": "string", "enum": ["red", "?"]},
        },
        "flags": {"type": ["array", "null"], "maxItems": 2, "items": {"type": "boolean"}},
        "is_late": {"type": ["boolean", "null"], "x-use": "label"},
    },
    "parcel",
    "at",
    "readings",
)

MOMENT = BATCH_TIME.replace(tzinfo=datetime.UTC)

# So small a record that what is too long for its field is too large for its record.
SMALL = compiled_schema(
    "notes",
    json.dumps(
        {
            **schema_of(
                {
                    "number": {"type": "integer", "x-use": "identity"},
                    "note": {
                        "type": ["string", "null"],
                        "minLength": 1,
                        "maxLength": 2000,
                        "x-use": "mask",
                    },
                    "marks": {
                        "type": ["array", "null"],
                        "maxItems": 1000,
                        "items": {"type": "number"},
                    },
                },
                "number",
            ),
            "x-max-bytes": 2000,
        }
    ),
)

CONTRACTS = pytest.mark.parametrize(
    "contract", [SENTIMENT, OTHER, SMALL], ids=lambda one: one.workload
)


@CONTRACTS
def test_every_damage_gets_its_reason_and_its_field(
    contract: EventContract, read_events: ReadEvents
) -> None:
    damages = damages_of(contract, lambda: MOMENT)
    values = EventValues(contract)
    records = [
        damage.apply(values.complete({}, "damaged", number, MOMENT))
        for number, damage in enumerate(damages)
    ]
    found = read_events(*records, contract=contract)
    reasons = [(one.name, one.reason, one.reason_field) for one in damages]
    assert [
        (damage.name, row["reason"], row["reason_field"])
        for damage, row in zip(damages, found, strict=True)
    ] == reasons
    assert len(set(reasons)) == len(reasons)


@CONTRACTS
def test_what_is_not_damaged_is_valid(contract: EventContract, read_events: ReadEvents) -> None:
    values = EventValues(contract)
    events = [values.event("some", number, MOMENT) for number in range(50)]
    events += [values.complete(event, "more", 7, MOMENT) for event in events[:8]]
    odd = [oddity(events[0]) for oddity in oddities_of(contract)]
    found = read_events(*map(encoded, events), *odd, contract=contract)
    assert [verdict(row) for row in found] == [None] * (len(events) + len(odd))


@CONTRACTS
def test_a_crowd_expects_what_the_job_finds(
    contract: EventContract, read_events: ReadEvents
) -> None:
    crowd = Crowd(contract, lambda: MOMENT)
    # One in fifty events is damaged, and some come twice: every damage comes up.
    records = list(islice(crowd.mixed("crowd"), 60 * len(crowd.damages)))
    found = read_events(*(record.data for record in records), contract=contract)
    for record, row in zip(records, found, strict=True):
        if record.expected in (VALID, DUPLICATE):
            assert (row["reason"], row["reason_field"]) == (None, None)
        else:
            assert (row["reason"], row["reason_field"]) == (record.expected, record.reason_field)
    reasons = {record.expected for record in records} - {VALID, DUPLICATE}
    assert reasons == {damage.reason for damage in crowd.damages}


def test_reasons_that_no_damage_of_a_kind_of_contract_has_are_known() -> None:
    reasons = {
        contract.workload: {damage.reason for damage in damages_of(contract, lambda: MOMENT)}
        for contract in (SENTIMENT, OTHER)
    }
    assert reasons["shipments"] - reasons["sentiment"] == {
        "too_few_items",
        "too_large",
        "too_many_items",
        "too_small",
    }
    assert reasons["sentiment"] - reasons["shipments"] == set()


def test_no_damage_is_hidden_by_a_record_that_is_too_large() -> None:
    reasons = [damage.reason for damage in damages_of(SMALL, lambda: MOMENT)]
    assert reasons.count("record_too_large") == 1
    assert not {"too_long", "too_many_items"} & set(reasons)
