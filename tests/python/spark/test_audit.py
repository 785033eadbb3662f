"""The audit finds records that are lost, doubled or in the wrong status, and names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.audit.accounting import Account, account
from local.audit.freshness import percentiles
from local.audit.lake_rows import LakeRow
from local.audit.sent_records import read_sent_records
from tests.python.spark.audited_rows import IDENTITIES, RIGHT, SENT, bad, valid


def test_every_record_is_accounted_for() -> None:
    result = account(SENT, RIGHT)
    assert result == Account(sent=4, valid=2, quarantined=result.quarantined, duplicates=1)
    assert dict(result.quarantined) == {"not_json": 1}
    assert result.is_even


def test_either_copy_of_an_event_may_be_the_one_that_is_kept() -> None:
    assert account(SENT, [valid("2", "a"), *RIGHT[1:]]).is_even


@pytest.mark.parametrize(
    ("rows", "lost", "doubled", "unexpected", "sentence"),
    [
        (RIGHT[1:], 2, 0, 0, "Event a (record 1) should be valid, but is lost."),
        (RIGHT[:2], 1, 0, 0, "Record 4 (event b) should be quarantined as not_json, but is lost."),
        ([*RIGHT, valid("1", "a")], 0, 1, 0, "Event a (record 1) is in the lake 2 times."),
        ([*RIGHT, valid("2", "a")], 0, 1, 0, "Event a (record 1) is in the lake 2 times."),
        ([*RIGHT, bad("4", "not_json")], 0, 1, 0, "Record 4 (event b) is in quarantine 2 times."),
        (
            [*RIGHT[:2], bad("4", "wrong_type", "text")],
            0,
            0,
            1,
            "Record 4 (event b) should be quarantined as not_json, but is wrong_type at text.",
        ),
        (
            [*RIGHT[:2], bad("4", "not_json", "text")],
            0,
            0,
            1,
            "Record 4 (event b) should be quarantined as not_json, but is not_json at text.",
        ),
        (
            [*RIGHT[:1], bad("3", "wrong_type"), RIGHT[2]],
            0,
            0,
            1,
            "Event a (record 3) should be valid, but is wrong_type.",
        ),
        ([*RIGHT, valid("9", "z")], 0, 0, 1, "The lake holds record 9 of z, which was never sent."),
    ],
)
def test_finds(
    rows: list[LakeRow], lost: int, doubled: int, unexpected: int, sentence: str
) -> None:
    result = account(SENT, rows)
    assert (result.lost, result.doubled, result.unexpected_rows) == (lost, doubled, unexpected)
    assert result.sentences == [sentence]
    assert not result.is_even


def test_percentiles_need_two_values() -> None:
    assert percentiles([1.0]) is None
    assert percentiles([float(value) for value in range(101)]) == {"p50": 50.0, "p95": 95.0}


def test_names_the_line_without_a_record(tmp_path: Path) -> None:
    manifest = tmp_path / "sent.jsonl"
    manifest.write_text(
        '{"partitionKey": "k", "sequenceNumber": "1", "identity": ["a"], "expected": "valid"}\n'
        '{"a": 1}\n'
    )
    with pytest.raises(ValueError, match=r"Line 2 of .* received \{\"a\": 1\}"):
        read_sent_records(manifest, IDENTITIES)
