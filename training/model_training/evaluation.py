"""The result of an evaluation: metrics and plots. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matrix:
    """Counts by two categories, for example a confusion matrix.

    Attributes:
        title: Title of the plot.
        note: One sentence below it.
        row_title: Title of the rows.
        rows: Names of the rows.
        column_title: Title of the columns.
        columns: Names of the columns.
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
        title: Title of the plot.
        note: One sentence below it.
        x_title: Title of the horizontal axis.
        y_title: Title of the vertical axis.
        lines: Points (x, y) in the order of x, by the line's name.
        diagonal: Whether to draw x = y, the line of a perfectly calibrated model.
    """

    title: str
    note: str
    x_title: str
    y_title: str
    lines: Mapping[str, Sequence[tuple[float, float]]]
    diagonal: bool = False


@dataclass(frozen=True)
class Evaluation:
    """The quality of predictions.

    Attributes:
        metrics: Metrics by name in snake case; for the gate's metric a higher value is better.
        plots: Plots in the order of the report.
    """

    metrics: Mapping[str, float]
    plots: Sequence[Matrix | Curves] = field(default=())
