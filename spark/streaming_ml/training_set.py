"""From the lake's valid rows to a training set: labelled, unique, split by a hash of the text.

The same rows always give the same training set, whatever their order and partitioning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

SPLITS = ("train", "validation", "test")

# Of ten buckets of the hash: eight train, one validates, one tests.
_BUCKETS = 10
_FIRST_VALIDATION_BUCKET = 8
_FIRST_TEST_BUCKET = 9


def normalised_text(text: Column) -> Column:
    """Returns what makes two texts the same post: letter case and white space do not count."""
    return F.trim(F.regexp_replace(F.lower(text), r"[\s\u00a0\u3000]+", " "))


def split_of(normalised: Column) -> Column:
    """Returns the split of a normalised text: equal texts never straddle two splits."""
    first_32_bits = F.conv(F.substring(F.sha2(normalised, 256), 1, 8), 16, 10).cast("long")
    bucket = first_32_bits % _BUCKETS
    return (
        F.when(bucket < _FIRST_VALIDATION_BUCKET, SPLITS[0])
        .when(bucket < _FIRST_TEST_BUCKET, SPLITS[1])
        .otherwise(SPLITS[2])
    )


def select_examples(events: DataFrame) -> DataFrame:
    """Returns one example per labelled post.

    Args:
        events: Valid rows: event_id, text, label, arrival_time, sequence_number.

    Returns:
        event_id, text, label and split. Of several labels of one event the latest wins, and so
        it does among several events with the same normalised text.
    """
    labelled = events.where(F.col("label").isNotNull()).withColumn(
        "normalised", normalised_text(F.col("text"))
    )
    per_event = _latest(labelled, "event_id")
    per_text = _latest(per_event, "normalised")
    return per_text.select(
        "event_id", "text", "label", split_of(F.col("normalised")).alias("split")
    )


def _latest(rows: DataFrame, key: str) -> DataFrame:
    # Sequence numbers are decimal numbers of up to 56 digits: the longer is the larger.
    newest_first = Window.partitionBy(key).orderBy(
        F.col("arrival_time").desc(),
        F.length("sequence_number").desc(),
        F.col("sequence_number").desc(),
        F.col("event_id"),
        F.col("label"),
    )
    return rows.withColumn("rank", F.row_number().over(newest_first)).where("rank = 1").drop("rank")


def manifest_of(
    counts: dict[tuple[str, str], int],
    labels: Sequence[str],
    training_set_id: str,
    events_uri: str,
    created_at: str,
) -> dict[str, Any]:
    """Returns the content of `manifest.json`.

    Args:
        counts: Rows by (split, label).
        labels: In the contract's order.
        training_set_id: Names the training set.
        events_uri: Where its rows came from.
        created_at: RFC 3339.
    """
    splits = {}
    for split in SPLITS:
        by_label = {label: counts.get((split, label), 0) for label in labels}
        splits[split] = {"rows": sum(by_label.values()), "byLabel": by_label}
    return {
        "trainingSetId": training_set_id,
        "eventsUri": events_uri,
        "createdAt": created_at,
        "labels": list(labels),
        "splits": splits,
    }
