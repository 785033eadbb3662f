"""The rows that a dry run tries a workload's model on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from model_training.examples import count_rows
from model_training.prepared_workload import PreparedWorkload
from model_training.workload import Arrays

# Maximum rows of a split that are tried first.
MOST_ROWS = 512


@dataclass(frozen=True)
class TriedRows:
    """Rows of a training set with all columns.

    Attributes:
        train: The training split, or the workload that was prepared with it already.
        validation: The validation split.
        test: The test split; without one, the validation split.
    """

    train: Arrays | PreparedWorkload[Any, Any]
    validation: Arrays
    test: Arrays

    def few(self) -> TriedRows:
        """Returns at most 512 rows of each split, evenly spread."""
        train = self.train if isinstance(self.train, PreparedWorkload) else _spread(self.train)
        return TriedRows(train, _spread(self.validation), _spread(self.test))


def _spread(rows: Arrays) -> Arrays:
    count = count_rows(rows)
    if count <= MOST_ROWS:
        return rows
    chosen = np.linspace(0, count - 1, MOST_ROWS).astype(np.int64)
    return {name: column[chosen] for name, column in rows.items()}
