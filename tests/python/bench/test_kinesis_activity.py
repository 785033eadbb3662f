from __future__ import annotations

from bench.kinesis_activity import QUOTAS_PER_SHARD_AND_MINUTE, Activity

_BEFORE = Activity(
    get_records=10, get_shard_iterator=1, throttled=0, records_read=100, bytes_read=1_000_000
)
_AFTER = Activity(
    get_records=70, get_shard_iterator=31, throttled=3, records_read=900, bytes_read=13_000_000
)


def test_says_what_one_shard_was_asked_in_one_minute() -> None:
    asked = _AFTER.since(_BEFORE)
    assert asked.per_shard_and_minute(shards=2, seconds=30) == {
        "getRecords": 60,
        "getShardIterator": 30,
        "megabytesRead": 12,
        "throttled": 3,
    }


def test_counts_refused_calls_as_calls() -> None:
    assert _AFTER.since(_BEFORE).calls == 93


def test_has_a_quota_beside_each_figure_that_has_one() -> None:
    figures = _AFTER.per_shard_and_minute(shards=1, seconds=60)
    assert set(figures) - {"throttled"} == set(QUOTAS_PER_SHARD_AND_MINUTE)
