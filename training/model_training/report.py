"""The evaluation report, in the shape the pipeline's quality gate reads. Pure."""

from __future__ import annotations

from typing import Any

from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.quality import Quality


def build_report(
    candidate: Quality, approved: Quality | None, approved_name: str
) -> dict[str, Any]:
    """Builds the report.

    Without an approved model the margin is the candidate's whole macro-F1: it is better than
    nothing by that much, and the gate's comparison passes.

    Args:
        candidate: Of the new model.
        approved: Of the approved model on the same posts; None when there is none.
        approved_name: ARN of the approved package, or `none`.
    """
    return {
        "metrics": {
            "macro_f1": {"value": candidate.macro_f1},
            "accuracy": {"value": candidate.accuracy},
            **{
                f"f1_{label}": {"value": value}
                for label, value in zip(LABELS, candidate.f1, strict=True)
            },
        },
        "approved": {
            "model_package": approved_name,
            "macro_f1": None if approved is None else {"value": approved.macro_f1},
            "accuracy": None if approved is None else {"value": approved.accuracy},
        },
        "comparison": {
            "margin": {
                "value": candidate.macro_f1 - (0.0 if approved is None else approved.macro_f1)
            }
        },
        "labels": list(LABELS),
        "confusion": [list(row) for row in candidate.confusion],
        "rows": candidate.rows,
    }
