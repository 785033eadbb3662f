"""The approved model, measured on the candidate's test split or with the reason why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model_training.approved_package import NONE
from model_training.evaluation import Evaluation

State = Literal["none", "measured", "not_measurable"]


@dataclass(frozen=True)
class Comparison:
    """What the candidate is compared with.

    Attributes:
        model_package: ARN of the approved package, or `none`.
        state: `none`: there is none, or no comparison was asked for; `not_measurable`: the gate
            refuses the candidate.
        problem: Why it cannot be measured, with the way out; else empty.
        evaluation: Of the approved model, where it was measured.
    """

    model_package: str = NONE
    state: State = "none"
    problem: str = ""
    evaluation: Evaluation | None = None


def measured(model_package: str, evaluation: Evaluation) -> Comparison:
    """An approved model that was measured."""
    return Comparison(model_package, "measured", "", evaluation)


def not_measurable(model_package: str, reason: str) -> Comparison:
    """An approved model that cannot be measured.

    Args:
        model_package: Its ARN.
        reason: A sentence that says why.
    """
    problem = (
        f"The approved model {model_package} cannot be measured on this test split. {reason} "
        "Start the pipeline with CompareWith=none (npm run ops -- train --compare-with none) to "
        "judge the candidate by itself."
    )
    return Comparison(model_package, "not_measurable", problem)
