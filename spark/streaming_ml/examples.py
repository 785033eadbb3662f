"""What a workload's `training_set.py` is built from: the steps that are easily got wrong.

A training set has to be the same whenever it is built of the same events, whatever their order and
partitioning. Everything here is, so a `build` that uses only these functions and plain columns is.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

SPLITS = ("train", "validation", "test")
"""The splits there are, in the order of their use."""

# Of ten buckets of the hash: eight train, one validates, one tests.
_BUCKETS = 10
_FIRST_VALIDATION_BUCKET = 8
_FIRST_TEST_BUCKET = 9


def example_id(*columns: str) -> Column:
    """Returns one text per event, for the column `example_id`.

    Args:
        columns: The lake's columns of the event's identity, pseudonyms under their name there. One
            is taken as it is. Several are joined with their lengths, so that no two events share
            one: `("a", "bc")` is `1:a2:bc`.

    Returns:
        A string; null where one of the columns is.
    """
    return _joined(columns).alias("example_id")


def latest(rows: DataFrame, *columns: str) -> DataFrame:
    """Keeps the row that arrived last of those with equal values, such as an event's last label.

    Args:
        rows: With `arrival_time` and `sequence_number` as the lake has them. Rows that arrived at
            the same place are told apart by all of their columns, so select what is needed first.
        columns: What equal rows have in common; nulls equal each other.

    Returns:
        One row per combination of values, with the columns of `rows`.
    """
    # Sequence numbers are decimal numbers of up to 56 digits: the longer is the larger.
    newest_first = Window.partitionBy(*columns).orderBy(
        F.col("arrival_time").desc(),
        F.length("sequence_number").desc(),
        F.col("sequence_number").desc(),
        *sorted(rows.columns),
    )
    ranked = rows.withColumn("_rank", F.row_number().over(newest_first))
    return ranked.where("_rank = 1").drop("_rank")


def normalised_text(column: str) -> Column:
    """Returns what makes two texts the same: letter case and white space do not count."""
    return F.trim(F.regexp_replace(F.lower(column), r"[\s\u00a0\u3000]+", " "))


def split_of(*columns: str) -> Column:
    """Returns the split of a group of rows: those with equal values are all in the same one.

    Whatever must not be on both sides belongs into one group: copies of a text, all that a person
    did, all readings of a device. A group's split follows from a hash of its values alone, so it
    stays where it is when others join.

    Args:
        columns: What the rows of a group have in common.

    Returns:
        `train` for eight groups of ten, `validation` for one and `test` for one; null where one of
        the columns is.
    """
    first_32_bits = F.conv(F.substring(F.sha2(_joined(columns), 256), 1, 8), 16, 10).cast("long")
    bucket = first_32_bits % _BUCKETS
    return (
        F.when(bucket < _FIRST_VALIDATION_BUCKET, SPLITS[0])
        .when(bucket < _FIRST_TEST_BUCKET, SPLITS[1])
        .when(bucket < _BUCKETS, SPLITS[2])
        .alias("split")
    )


def _joined(columns: Sequence[str]) -> Column:
    if not columns:
        raise ValueError("Expected at least one column, received none.")
    texts = [F.col(column).cast("string") for column in columns]
    if len(texts) == 1:
        return texts[0]
    # Where one text ends must not be left to what it holds: "a", "bc" is another than "ab", "c".
    return F.concat(*[part for text in texts for part in (F.length(text), F.lit(":"), text)])
