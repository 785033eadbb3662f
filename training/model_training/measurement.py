"""A test split on which models of one workload are measured, each by what it serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model_training.columns import Column
from model_training.evaluation import Evaluation
from model_training.find_workload import NamedWorkload
from model_training.model_artifact import unpack
from model_training.report import require_metrics
from model_training.served_model import ServedModel
from model_training.workload import Arrays


@dataclass(frozen=True)
class Measurement:
    """What models are measured on, and by.

    Attributes:
        workload: Judges their answers.
        figures: Names of those that it must report.
        columns: Of the training set.
        rows: The test split.
    """

    workload: NamedWorkload
    figures: Sequence[str]
    columns: Sequence[Column]
    rows: Arrays

    def measure(self, artifact: Path, scratch: Path) -> Evaluation:
        """Unpacks a model artifact, asks the model in it, and judges the answers.

        Args:
            artifact: A `model.tar.gz`.
            scratch: Where to unpack it.

        Raises:
            InputError: The artifact, the model in it or its answers cannot be measured, or the
                workload does not report a figure that is asked for.
        """
        model = ServedModel(
            unpack(artifact, scratch), self.columns, self.workload.schema.prediction
        )
        evaluation = self.workload.model.measure(self.rows, model.answer(self.rows))
        require_metrics(self.workload.name, evaluation, self.figures)
        return evaluation
