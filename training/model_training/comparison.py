"""The approved model's evaluation on the candidate's test split, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model_training.approved_package import NONE
from model_training.evaluation import Evaluation

State = Literal["none", "measured", "not_measurable"]


@dataclass(frozen=True)
class Comparison:
    """The approved model that the candidate is compared with.

    Attributes:
        model_package: ARN of the approved package, or `none`.
        state: `none`: there is none, or no comparison was requested; `measured`: it was evaluated;
            `not_measurable`: it cannot be evaluated, and the gate rejects the candidate.
        problem: Why it cannot be evaluated, and what to do; else empty.
        evaluation: The evaluation of the approved model, if there is one.
    """

    model_package: str = NONE
    state: State = "none"
    problem: str = ""
    evaluation: Evaluation | None = None


def measured(model_package: str, evaluation: Evaluation) -> Comparison:
    """Returns the comparison with an approved model that was evaluated."""
    return Comparison(model_package, "measured", "", evaluation)


def not_measurable(model_package: str, reason: str) -> Comparison:
    """Returns the comparison with an approved model that cannot be evaluated.

    Args:
        model_package: Its ARN.
        reason: Why not, in one sentence.
    """
    problem = (
        f"The approved model {model_package} cannot be measured on this test split. {reason} "
        "Start the pipeline with CompareWith=none (npm run ops -- train --compare-with none) to "
        "evaluate the candidate alone."
    )
    return Comparison(model_package, "not_measurable", problem)
