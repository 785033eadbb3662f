"""Evaluates models of one workload on a test split, through the signature that is served."""

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
    """A workload and a test split.

    Attributes:
        workload: Computes the metrics.
        required_metrics: Names of the metrics that it must report.
        columns: Columns of the training set.
        rows: The test split.
    """

    workload: NamedWorkload
    required_metrics: Sequence[str]
    columns: Sequence[Column]
    rows: Arrays

    def measure(self, artifact: Path, scratch: Path) -> Evaluation:
        """Unpacks a model artifact and evaluates the model in it.

        Args:
            artifact: A `model.tar.gz`.
            scratch: Folder to unpack it into.

        Raises:
            InputError: The artifact, the model in it or its predictions cannot be used, or the
                workload does not report a required metric.
        """
        model = ServedModel(
            unpack(artifact, scratch), self.columns, self.workload.schema.prediction
        )
        evaluation = self.workload.model.measure(self.rows, model.answer(self.rows))
        require_metrics(self.workload.name, evaluation, self.required_metrics)
        return evaluation
