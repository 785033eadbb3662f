"""Judges whether rooms were called warm when people felt so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from model_training.evaluation import Curves, Evaluation, Matrix

if TYPE_CHECKING:
    from model_training.workload import Arrays


class Climate:
    """As much of a workload as an evaluation needs."""

    def measure(self, rows: Arrays, answers: Arrays) -> Evaluation:
        """Counts how often the answer and the feeling agree."""
        felt, warm = rows["felt_warm"], answers["warm"]
        return Evaluation(
            metrics={
                "agreement": float(np.mean(felt == warm)),
                "hottest": float(np.max(answers["degrees"])),
            },
            plots=(
                Matrix(
                    "Warmth",
                    "By feeling.",
                    "felt",
                    ("cold", "warm"),
                    "answered",
                    ("cold", "warm"),
                    [[int(np.sum((felt == f) & (warm == w))) for w in (0, 1)] for f in (0, 1)],
                ),
                Curves("Degrees", "In order.", "row", "degrees", {"degrees": [(0.0, 1.5)]}, True),
            ),
        )


WORKLOAD = Climate()
