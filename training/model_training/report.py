"""The evaluation report, in the shape that the pipeline's quality gate and reports read. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from model_training.comparison import Comparison
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError

REPORT_FILE = "evaluation.json"


def require_metrics(
    workload: str, evaluation: Evaluation, names: Iterable[str], finite: bool = True
) -> None:
    """Makes sure that an evaluation has the figures that are looked at.

    Args:
        workload: Whose `measure` made it.
        evaluation: What it made.
        names: Of the gate's metric and the published ones.
        finite: Whether every figure must be a number; of an untrained network it need not.

    Raises:
        InputError: Figures are missing, or no number; all are named.
    """
    missing = sorted(set(names) - set(evaluation.metrics))
    odd = sorted(name for name, value in evaluation.metrics.items() if not math.isfinite(value))
    if missing or (finite and odd):
        problems = [f"no {name}, which workload.json or the gate asks for" for name in missing]
        if finite:
            problems += [f"{name} = {evaluation.metrics[name]}, which is no number" for name in odd]
        raise InputError(
            f"`measure` of workloads/{workload}/model.py reports {'; '.join(problems)}. It reports "
            f"{', '.join(sorted(evaluation.metrics)) or 'nothing'}. Report the figure under that "
            f"name, or name another one in workloads/{workload}/workload.json."
        )


def build_report(
    workload: str, rows: int, gate_metric: str, candidate: Evaluation, comparison: Comparison
) -> dict[str, Any]:
    """Builds the report.

    Without an approved model the margin is the whole figure, or 0 where that is negative, as a
    log-likelihood is: the candidate is better than nothing, and the gate's comparison passes. Where
    the approved one cannot be measured it is 0, and the gate looks at the state.

    Args:
        workload: Its name.
        rows: Of the test split.
        gate_metric: The figure that the gate looks at.
        candidate: Of the new model.
        comparison: With the approved one.
    """
    value = candidate.metrics[gate_metric]
    approved = comparison.evaluation
    if approved is not None:
        margin = value - approved.metrics[gate_metric]
    else:
        margin = max(value, 0.0) if comparison.state == "none" else 0.0
    return {
        "workload": workload,
        "rows": rows,
        "gate": {"metric": gate_metric, "value": value, "margin": margin},
        "metrics": _metrics(candidate),
        "approved": {
            "model_package": comparison.model_package,
            "state": comparison.state,
            "problem": comparison.problem,
            "metrics": None if approved is None else _metrics(approved),
        },
        "plots": [_plot(plot) for plot in candidate.plots],
    }


def _metrics(evaluation: Evaluation) -> Mapping[str, Any]:
    return {name: {"value": value} for name, value in evaluation.metrics.items()}


def _plot(plot: Matrix | Curves) -> dict[str, Any]:
    heading = {"title": plot.title, "note": plot.note}
    if isinstance(plot, Matrix):
        return {
            "kind": "matrix",
            **heading,
            "rowTitle": plot.row_title,
            "rows": list(plot.rows),
            "columnTitle": plot.column_title,
            "columns": list(plot.columns),
            "counts": [list(row) for row in plot.counts],
        }
    return {
        "kind": "curves",
        **heading,
        "xTitle": plot.x_title,
        "yTitle": plot.y_title,
        "lines": [
            {"name": name, "points": [list(point) for point in points]}
            for name, points in plot.lines.items()
        ],
        "diagonal": plot.diagonal,
    }
