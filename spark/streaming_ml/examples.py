"""Functions for a workload's `training_set.py`.

The same events must always give the same training set, whatever their order and partitioning. All
functions here are deterministic in this sense, so a `build` that uses only them and plain columns
is, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

# All splits, in the order of their use.
SPLITS = ("train", "validation", "test")

# Of ten buckets of the hash, eight are for training, one for validation and one for the test.
_BUCKETS = 10
_FIRST_VALIDATION_BUCKET = 8
_FIRST_TEST_BUCKET = 9


def example_id(*columns: str) -> Column:
    """Returns the column `example_id`: one string per event.

    Args:
        columns: The lake's columns of the event's identity. One column is used as it is. Several
            are joined with their lengths, so that no two events have the same id: `("a", "bc")`
            becomes `1:a2:bc`.

    Returns:
        A string; null where one of the columns is.
    """
    return _joined(columns).alias("example_id")


def latest(rows: DataFrame, *columns: str) -> DataFrame:
    """Keeps the last row of those with equal values, for example an event's last label.

    Args:
        rows: With the lake's columns `arrival_time` and `sequence_number`. Of rows with the same
            arrival, the values of all columns decide, so select the needed columns first.
        columns: The columns that equal rows share; nulls are equal.

    Returns:
        One row per combination of values, with the columns of `rows`.
    """
    # Sequence numbers are decimal numbers of up to 56 digits: the longer one is larger.
    newest_first = Window.partitionBy(*columns).orderBy(
        F.col("arrival_time").desc(),
        F.length("sequence_number").desc(),
        F.col("sequence_number").desc(),
        *sorted(rows.columns),
    )
    ranked = rows.withColumn("_rank", F.row_number().over(newest_first))
    return ranked.where("_rank = 1").drop("_rank")


def normalised_text(column: str) -> Column:
    """Returns a text in lower case with single spaces, to compare texts."""
    return F.trim(F.regexp_replace(F.lower(column), r"[\s\u00a0\u3000]+", " "))


def split_of(*columns: str) -> Column:
    """Returns the column `split`: rows with equal values are in the same split.

    Rows that must not be in two splits form a group: copies of a text, everything one person did,
    all readings of a device. The split follows from a hash of the group's values alone, so it does
    not change when other groups are added.

    Args:
        columns: The columns that the rows of a group share.

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
    # The length says where a value ends: "a", "bc" is not the same as "ab", "c".
    return F.concat(*[part for text in texts for part in (F.length(text), F.lit(":"), text)])
