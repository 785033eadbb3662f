"""The evaluation report, in the form that the pipeline's quality gate reads. Pure."""

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
    """Checks that an evaluation has the required metrics.

    Args:
        workload: Name of the workload that was evaluated.
        evaluation: The evaluation.
        names: Names of the required metrics.
        finite: Whether every metric must be finite; those of an untrained network need not be.

    Raises:
        InputError: Metrics are missing or not finite; all are named.
    """
    missing = sorted(set(names) - set(evaluation.metrics))
    infinite = sorted(
        name for name, value in evaluation.metrics.items() if not math.isfinite(value)
    )
    if missing or (finite and infinite):
        problems = [f"no {name}, which workload.json or the gate requires" for name in missing]
        if finite:
            problems += [
                f"{name} = {evaluation.metrics[name]}, which is not a finite number"
                for name in infinite
            ]
        raise InputError(
            f"`measure` of workloads/{workload}/model.py reports {'; '.join(problems)}. It reports "
            f"{', '.join(sorted(evaluation.metrics)) or 'nothing'}. Report the metric under that "
            f"name, or name another one in workloads/{workload}/workload.json."
        )


def build_report(
    workload: str, rows: int, gate_metric: str, candidate: Evaluation, comparison: Comparison
) -> dict[str, Any]:
    """Builds the report.

    Without an approved model the margin is the candidate's metric, or 0 if that is negative, such
    as a log-likelihood, so that the gate's comparison passes. If the approved model cannot be
    evaluated, the margin is 0, and the gate checks the state.

    Args:
        workload: Name of the workload.
        rows: Number of rows of the test split.
        gate_metric: The metric that the gate checks.
        candidate: The evaluation of the new model.
        comparison: The comparison with the approved model.
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
