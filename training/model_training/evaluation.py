"""What a workload says of a model's answers: figures and plots. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matrix:
    """Counts by two categories, for example a confusion matrix.

    Attributes:
        title: Heading of the plot.
        note: One sentence below it.
        row_title: What the rows are.
        rows: Their names.
        column_title: What the columns are.
        columns: Their names.
        counts: Per row and column, [rows][columns].
    """

    title: str
    note: str
    row_title: str
    rows: Sequence[str]
    column_title: str
    columns: Sequence[str]
    counts: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Curves:
    """Lines over a common axis, for example precision by recall per label.

    Attributes:
        title: Heading of the plot.
        note: One sentence below it.
        x_title: What the horizontal axis shows.
        y_title: What the vertical axis shows.
        lines: Points (x, y) in the order of x, by the line's name.
        diagonal: Whether x = y is drawn, too: what a calibrated model would show.
    """

    title: str
    note: str
    x_title: str
    y_title: str
    lines: Mapping[str, Sequence[tuple[float, float]]]
    diagonal: bool = False


@dataclass(frozen=True)
class Evaluation:
    """How good answers were.

    Attributes:
        metrics: Figures by name in snake case, of which more is better where a gate looks at them.
        plots: In the order in which a report shows them.
    """

    metrics: Mapping[str, float]
    plots: Sequence[Matrix | Curves] = field(default=())
