"""Counts the rows of a training set, and problems with them, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventLabel
from streaming_ml.examples import SPLITS
from streaming_ml.training_set_columns import EXAMPLE_ID, SPLIT, SetColumn

_Key = tuple[str, ...]
_Found = Mapping[_Key, Any]

# Values that JSON or TensorFlow cannot represent: the problem, and what to do.
_FAULTS = {
    "null": "is null in {rows}, and a model cannot use null: replace it, or remove the rows",
    "null item": "has null items in {rows}, and a model cannot use null: remove the items",
    "not finite": "is not a finite number in {rows}: remove the rows",
}


@dataclass(frozen=True)
class Counts:
    """The counts of one pass over the rows.

    Attributes:
        rows: Number of all rows.
        by_split: Rows of each split; empty without a column `split`.
        by_label: Rows of each value of the label, per split; None without a column for it.
        problems: What is wrong with the rows.
    """

    rows: int
    by_split: Mapping[str, int]
    by_label: Mapping[str, Mapping[str, int]] | None
    problems: tuple[str, ...]


def count_rows(
    examples: DataFrame, columns: Sequence[SetColumn], label: EventLabel | None
) -> Counts:
    """Counts rows and problems with them, with one action.

    Args:
        examples: What `build` returned; only `columns` of it are checked.
        columns: The columns that a training set can have.
        label: Its values are counted if a column of strings or booleans has its name.
    """
    names = {column.name for column in columns}
    values = _label_values(columns, label)
    asked: dict[_Key, Column] = {("rows",): F.count("*")}
    for column in columns:
        asked.update(_faults(column))
    if EXAMPLE_ID in names:
        asked["ids",] = F.count(EXAMPLE_ID)
        asked["different ids",] = F.count_distinct(F.col(EXAMPLE_ID))
    if SPLIT in names:
        unknown = F.when(~F.col(SPLIT).isin(*SPLITS), F.col(SPLIT))
        asked["unknown splits",] = F.count(unknown)
        asked["unknown split",] = F.min(unknown)
        for split in SPLITS:
            in_split = F.col(SPLIT) == split
            asked["split", split] = F.count_if(in_split)
            for value in values:
                is_value = F.col(label.name).cast("string") == value if label else F.lit(False)
                asked["label", split, value] = F.count_if(in_split & is_value)
    (row,) = examples.agg(*asked.values()).collect()
    found = dict(zip(asked, row, strict=True))
    by_split = {split: found["split", split] for split in SPLITS if SPLIT in names}
    by_label = {
        split: {value: found["label", split, value] for value in values} for split in by_split
    }
    return Counts(
        rows=found["rows",],
        by_split=by_split,
        by_label=by_label if values else None,
        problems=tuple(_problems(columns, found)),
    )


def _label_values(columns: Sequence[SetColumn], label: EventLabel | None) -> Sequence[str]:
    holds_label = label is not None and any(
        column.name == label.name and column.type in ("string", "boolean") and not column.is_array
        for column in columns
    )
    return label.values if label is not None and holds_label else ()


def _faults(column: SetColumn) -> Iterator[tuple[_Key, Column]]:
    value = F.col(column.name)
    yield ("null", column.name), F.count_if(value.isNull())
    if column.is_array:
        yield ("null item", column.name), F.count_if(F.exists(value, lambda item: item.isNull()))
    if column.type == "number":
        is_infinite = F.exists(value, _is_not_finite) if column.is_array else _is_not_finite(value)
        yield ("not finite", column.name), F.count_if(is_infinite)


def _is_not_finite(value: Column) -> Column:
    return F.isnan(value) | (F.abs(value) == float("inf"))


def _problems(columns: Sequence[SetColumn], found: _Found) -> Iterator[str]:
    for column in columns:
        for fault, sentence in _FAULTS.items():
            if rows := found.get((fault, column.name), 0):
                yield f'the column "{column.name}" {sentence.format(rows=rows_text(rows))}'
    if repeated := found.get(("ids",), 0) - found.get(("different ids",), 0):
        yield (
            f'"{EXAMPLE_ID}" must be unique, and {rows_text(repeated)} repeat an id: keep the '
            "latest row of each"
        )
    if unknown := found.get(("unknown splits",), 0):
        yield (
            f'"{SPLIT}" must be one of {", ".join(SPLITS)}, and {rows_text(unknown)} have another '
            f'value, such as "{found["unknown split",]}"'
        )


def rows_text(count: int) -> str:
    """Returns a number of rows as text."""
    return "1 row" if count == 1 else f"{count} rows"
