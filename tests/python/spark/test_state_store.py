"""The operations of a task on the state store, and the store after a task that failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.state_store import Provider, Store, refused

A, B, C, D = (1, 1), (2, 2), (3, 3), (4, 4)
LEAST, MOST = -(2**63), 2**63 - 1


@pytest.fixture
def provider(spark: SparkSession, tmp_path: Path) -> Provider:
    return Provider(spark, tmp_path)


def test_every_key_is_itself(provider: Provider) -> None:
    keys = [(0, 0), (0, -1), (-1, 0), (-1, -1), (LEAST, MOST), (MOST, LEAST), (LEAST, LEAST)]
    store = provider.store(0)
    for number, key in enumerate(keys):
        assert store.get(key) is None
        store.put(key, -number)
        assert store.key_count() == number + 1
    assert [store.get(key) for key in keys] == [0, -1, -2, -3, -4, -5, -6]
    assert store.get((0, 1)) is None
    store.commit()
    assert provider.content(1) == [(key, -number) for number, key in enumerate(keys)]


def test_the_iterator_ends_at_the_first_key_left_in_place(provider: Provider) -> None:
    store = provider.store(0)
    for key, expires_at in ((A, 1), (B, 1), (C, 3), (D, 1)):
        store.put(key, expires_at)
    assert store.pairs() == [(A, 1)]
    assert store.evict(watermark=2) == 3
    # D expired as well, but waits for C, which was put before.
    assert [store.get(key) for key in (A, B, C, D)] == [None, None, 3, 1]
    assert store.key_count() == 2
    assert store.evict(watermark=3) == 2
    assert store.key_count() == 0
    assert store.pairs() == []


def test_a_removed_key_can_be_put_again(provider: Provider) -> None:
    store = provider.store(0)
    store.put(A, 1)
    store.put(B, 1)
    store.remove(A)
    store.put(A, 2)
    assert store.get(A) == 2
    store.commit()
    assert provider.content(1) == [(B, 1), (A, 2)]


def test_the_same_pair_may_be_put_twice(provider: Provider) -> None:
    store = provider.store(0)
    store.put(A, 1)
    store.put(A, 1)
    assert store.key_count() == 1
    with refused() as refusal:
        store.put(A, 2)
    assert refusal.text == (
        f"java.lang.UnsupportedOperationException: The state store in {provider.folder} expects "
        "that a key keeps its value, but received key (1, 1) with value 2, which is there with "
        "value 1."
    )


def test_only_the_oldest_key_can_be_removed(provider: Provider) -> None:
    store = provider.store(0)
    sentence = (
        f"java.lang.UnsupportedOperationException: The state store in {provider.folder} expects "
        "that only its oldest key is removed, but received key (2, 2)."
    )
    with refused() as refusal:
        store.remove(B)
    assert refusal.text == sentence
    store.put(A, 1)
    store.put(B, 1)
    with refused() as refusal:
        store.remove(B)
    assert refusal.text == sentence


def test_a_null_is_not_a_key(provider: Provider) -> None:
    store = provider.store(0)
    row = store.row(A)
    row.setNullAt(1)
    for operation in (store.java.get, lambda key: store.java.put(key, key)):
        with refused() as refusal:
            operation(row)
        assert refusal.text.startswith(
            "java.lang.IllegalArgumentException: The state store expects keys and values without "
            "nulls, but received ["
        )


def test_there_is_no_prefix_scan(provider: Provider) -> None:
    provider.add(0, A)
    for store in (provider.store(1), Store(provider.spark, provider.java.getReadStore(1))):
        with refused() as refusal:
            store.java.prefixScan(store.row(A))
        assert refusal.text == (
            f"java.lang.UnsupportedOperationException: The state store in {provider.folder} "
            "expects whole keys, but received the first columns of one."
        )


@pytest.mark.parametrize(
    ("keys", "values", "prefix_columns"),
    [
        ("a bigint", "c bigint", 0),
        ("a bigint,b int", "c bigint", 0),
        ("a bigint,b bigint", "c timestamp", 0),
        ("a bigint,b bigint", "c bigint", 1),
    ],
)
def test_other_columns_are_refused(
    spark: SparkSession, tmp_path: Path, keys: str, values: str, prefix_columns: int
) -> None:
    with refused() as refusal:
        Provider(spark, tmp_path, keys=keys, values=values, prefix_columns=prefix_columns)
    received = f"keys struct<{keys}>, values struct<{values}>".replace("a b", "a:b")
    received = received.replace("b b", "b:b").replace("b i", "b:i").replace("c ", "c:")
    assert refusal.text == (
        f"java.lang.IllegalArgumentException: The state store in {tmp_path}/0/5 expects keys of "
        "two longs, values of one long and no prefix columns, but received "
        f"{received} and {prefix_columns} prefix columns."
    )


@pytest.mark.parametrize("interval", ["0", "-1", "many", "9999999999"])
def test_other_intervals_are_refused(spark: SparkSession, tmp_path: Path, interval: str) -> None:
    with refused() as refusal:
        Provider(spark, tmp_path, interval)
    assert refusal.text == (
        "java.lang.IllegalArgumentException: spark.sql.streaming.stateStore.expiringKeys."
        f"segmentInterval expects a number of 1 or more, but received {interval}."
    )


def test_the_memory_is_that_of_the_arrays(provider: Provider) -> None:
    # A chunk of 8192 keys and 4 pointers to chunks, 16 slots, 16 runs.
    chunk, pointers, slots, runs = 8192 * 16, 4 * 8, 16 * 8, 16 * 16
    store = provider.store(0)
    assert store.java.metrics().memoryUsedBytes() == pointers + slots + runs
    for number in range(10):
        store.put((number, 0), number)
    store.commit()
    assert store.java.metrics().memoryUsedBytes() == chunk + pointers + 2 * slots + runs
    assert store.key_count() == 10
    assert store.java.metrics().customMetrics().isEmpty()
    store = provider.store(1)
    store.evict(watermark=10)
    store.commit()
    assert store.java.metrics().memoryUsedBytes() == pointers + 2 * slots + runs


def test_an_aborted_store_leaves_nothing(provider: Provider) -> None:
    provider.add(0, A)
    store = provider.store(1)
    store.put(B, 100)
    store.remove(A)
    store.java.abort()
    assert not store.java.hasCommitted()
    with refused("was committed or aborted and cannot be used any more"):
        store.commit()
    assert provider.files() == {"1.delta"}
    store = provider.store(1)
    assert (store.get(A), store.get(B), store.java.version()) == (100, None, 1)


def test_a_forgotten_store_cannot_commit_any_more(provider: Provider) -> None:
    provider.add(0, A)
    killed = provider.store(1)
    killed.put(B, 100)
    retried = provider.store(1)
    killed.put(C, 100)
    assert (retried.get(A), retried.get(B), retried.get(C)) == (100, None, None)
    with refused() as refusal:
        killed.commit()
    assert refusal.text == (
        f"java.lang.IllegalStateException: Version 2 of the state store in {provider.folder} was "
        "not written, because another task has taken the state store over."
    )
    assert provider.files() == {"1.delta"}
    killed.java.abort()
    retried.put(D, 100)
    assert retried.commit() == 2
    assert retried.java.hasCommitted()
    assert provider.content(2) == [(A, 100), (D, 100)]


def test_a_committed_store_is_closed(provider: Provider) -> None:
    store = provider.store(0)
    store.put(A, 100)
    store.commit()
    store.java.abort()
    assert store.java.hasCommitted()
    for operation in (store.commit, lambda: store.put(B, 1), lambda: store.get(A), store.pairs):
        with refused("cannot be used any more"):
            operation()
    assert provider.store(1).get(B) is None


def test_a_failed_commit_commits_nothing(provider: Provider) -> None:
    provider.add(0, A)
    store = provider.store(1)
    store.put(B, 100)
    aside = provider.folder.with_name("aside")
    provider.folder.rename(aside)
    provider.folder.write_bytes(b"in the way")
    with refused() as refusal:
        store.commit()
    assert refusal.text.startswith(
        "java.lang.IllegalStateException: "
        f"Version 2 of the state store in {provider.folder} could not be written: "
    )
    assert not store.java.hasCommitted()
    provider.folder.unlink()
    aside.rename(provider.folder)
    with refused(r"2\.delta: the file is missing"):
        provider.store(2)
    assert provider.add(1, C) == 2
    assert provider.content(2) == [(A, 100), (C, 100)]


@pytest.mark.parametrize("version", [3, 4, 5])
def test_a_version_is_committed_again_with_other_keys(provider: Provider, version: int) -> None:
    for number in range(6):
        provider.add(number, (number, 0))
    kept = provider.content(version - 1)
    provider.add(version - 1, A, B)
    provider.add(version, C)
    assert provider.content(version) == [*kept, (A, 100), (B, 100)]
    assert provider.content(version + 1) == [*kept, (A, 100), (B, 100), (C, 100)]


def test_a_closed_provider_has_forgotten_nothing(provider: Provider) -> None:
    provider.add(0, A)
    store = provider.store(1)
    provider.java.close()
    store.put(B, 100)
    assert store.commit() == 2
    provider.java.close()
    assert provider.store(2).get(B) == 100
