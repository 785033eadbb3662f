"""Checks what a workload's `training_set.py` has built, and describes it in a manifest."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame

from streaming_ml.contract import EventContract
from streaming_ml.examples import SPLITS
from streaming_ml.timestamps import format_time
from streaming_ml.training_set_columns import (
    EXAMPLE_ID,
    SPLIT,
    SetColumn,
    column_problems,
    columns_of,
)
from streaming_ml.training_set_counts import Counts, count_rows, rows_text

# `build` of a workload's `training_set.py`: the lake's events in, examples out.
Build = Callable[[DataFrame], DataFrame]


class TrainingSetError(Exception):
    """No training set can be built."""


@dataclass(frozen=True)
class Description:
    """What a manifest says besides the counts.

    Attributes:
        training_set_id: Id of the training set.
        events_uri: Root of its events.
        made_at: When it was built.
        first_arrival: When the first of its events arrived in the stream.
        last_arrival: When the last of its events arrived in the stream.
    """

    training_set_id: str
    events_uri: str
    made_at: datetime.datetime
    first_arrival: datetime.datetime
    last_arrival: datetime.datetime


def build_examples(build: Build, events: DataFrame, contract: EventContract) -> DataFrame:
    """Calls a workload's `build`.

    Raises:
        TrainingSetError: It did not return a DataFrame.
    """
    examples = build(events)
    if not isinstance(examples, DataFrame):
        raise TrainingSetError(
            f"`build` in {_source(contract)} must return a DataFrame of pyspark.sql, received "
            f"{type(examples).__name__}."
        )
    return examples


def check_examples(examples: DataFrame, contract: EventContract) -> tuple[list[SetColumn], Counts]:
    """Checks columns and rows, with one action.

    Args:
        examples: What `build` returned. It is computed here, so persist it before.
        contract: The contract of the events.

    Returns:
        The columns, including `example_id` and `split`, and the counts of the rows.

    Raises:
        TrainingSetError: It is not a training set; the message names every problem.
    """
    columns = columns_of(examples.schema)
    counts = count_rows(examples, columns, contract.label)
    problems = [*column_problems(examples.schema), *counts.problems]
    empty = [split for split, rows in counts.by_split.items() if rows == 0]
    if empty:
        problems.append(
            f"it has {rows_text(counts.rows)}, none of them in {' or '.join(empty)}: send more "
            "events that become examples, or split them in another way"
        )
    if problems:
        many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise TrainingSetError(
            f"What `build` in {_source(contract)} returned is not a training set. It has {many}: "
            f"{'; '.join(problems)}. Nothing was written."
        )
    return columns, counts


def manifest_of(
    description: Description,
    contract: EventContract,
    columns: Sequence[SetColumn],
    counts: Counts,
) -> dict[str, Any]:
    """Returns the content of `manifest.json`, as docs/training-sets.md describes it."""
    splits: dict[str, Any] = {}
    for split in SPLITS:
        splits[split] = {"rows": counts.by_split[split]}
        if counts.by_label is not None:
            splits[split]["byLabel"] = dict(counts.by_label[split])
    return {
        "trainingSetId": description.training_set_id,
        "workload": contract.workload,
        "contract": hashlib.sha256(contract.text.encode()).hexdigest(),
        "eventsUri": description.events_uri,
        "createdAt": format_time(description.made_at),
        "timeRange": {
            "from": format_time(description.first_arrival),
            "to": format_time(description.last_arrival),
        },
        "columns": [
            {"name": column.name, "type": column.type, "array": column.is_array}
            for column in columns
            if column.name not in (EXAMPLE_ID, SPLIT)
        ],
        "splits": splits,
    }


def _source(contract: EventContract) -> str:
    return f"workloads/{contract.workload}/training_set.py"
