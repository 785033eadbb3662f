"""Runs all steps of training and evaluation with few rows and an untrained network.

So problems of a workload's model show before the training."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from model_training.batches import Split
from model_training.evaluation import Evaluation
from model_training.examples import count_rows
from model_training.export import ExportedModel, answering, refused_answers
from model_training.extraction import ExtractedSplit
from model_training.failures import failure
from model_training.find_workload import NamedWorkload
from model_training.options import TrainingOptions
from model_training.predictor import Predictor
from model_training.prepared_workload import PreparedWorkload
from model_training.problems import InputError
from model_training.report import require_metrics
from model_training.served_model import answers_to
from model_training.tried_rows import TriedRows
from model_training.workload import Arrays, Columns


def dry_run(
    workload: NamedWorkload,
    options: TrainingOptions,
    rows: TriedRows,
    broken: Collection[str] = (),
) -> list[str]:
    """Runs all steps of a workload's model.

    A few rows are tried first. A problem with them may arise because they are few, for example
    because none has a label, so it counts only if all rows show it, too. A number that is not
    finite is not a problem, because the network is untrained.

    Args:
        workload: The workload.
        options: The hyperparameters.
        rows: All rows.
        broken: Members that are known not to be callable: they, and steps that need them, are
            skipped.

    Returns:
        The problems, without those that follow from others.
    """
    problems = _Trial(workload, options, rows.few(), broken).run()
    return problems and _Trial(workload, options, rows, broken).run()


class _Skipped(Exception):
    """A step needs a member with a known problem."""


@dataclass
class _Trial:
    workload: NamedWorkload
    options: TrainingOptions
    rows: TriedRows
    broken: Collection[str]
    problems: dict[str, None] = field(default_factory=dict)

    def run(self) -> list[str]:
        """Runs every step whose input exists."""
        keras.utils.set_random_seed(self.options.seed)
        train = self.rows.train
        trained = train if isinstance(train, PreparedWorkload) else self._prepare(train)
        if trained is not None:
            self._try(trained)
        return list(self.problems)

    def _try(self, trained: PreparedWorkload[Any, Any]) -> None:
        validation = self._extract("validation", self.rows.validation)
        if validation is None:
            return
        split = self._learn(trained, validation)
        network = self._build(trained)
        if network is not None and split is not None:
            self._score(network, split)
        if network is not None:
            self._serve(network, trained, validation)

    @contextmanager
    def _step(self, *members: str) -> Iterator[None]:
        """Turns exceptions of these members into problems."""
        try:
            yield
        except _Skipped:
            pass
        except InputError as error:
            self.problems[str(error)] = None
        except Exception as error:
            called = " or ".join(f"`{member}`" for member in members)
            self.problems[f"{called} fails: {failure(error, self.workload.name)}"] = None

    def _needs(self, *members: str) -> None:
        if not set(members).isdisjoint(self.broken):
            raise _Skipped

    def _prepare(self, train: Arrays) -> PreparedWorkload[Any, Any] | None:
        split = self._extract("train", train)
        if split is not None:
            with self._step("prepare"):
                self._needs("prepare")
                model = self.workload.model
                prepared = model.prepare(split.pieces, self.options)
                return PreparedWorkload(model, prepared, self.options)
        return None

    def _extract(self, name: str, rows: Arrays) -> ExtractedSplit | None:
        with self._step("extract"):
            self._needs("extract")
            return self.workload.extraction.split(rows, name)
        return None

    def _learn(
        self, trained: PreparedWorkload[Any, Any], validation: ExtractedSplit
    ) -> Split | None:
        with self._step("features", "targets"):
            self._needs("features", "targets")
            split = trained.learnable(validation)
            rows = count_rows(validation.rows)
            _require_rows("the weights that `targets` returns", split.weights, rows)
            if split.targets.shape[0] != rows:
                raise InputError(
                    f"What `targets` returns must be [{rows}, ...] for {rows} row(s), received "
                    f"{split.targets.shape.as_list()}."
                )
            return split
        return None

    def _build(self, trained: PreparedWorkload[Any, Any]) -> keras.Model | None:
        with self._step("network"):
            self._needs("network")
            network = trained.network()
            if not isinstance(network, keras.Model):
                raise InputError(
                    f"`network` must return a keras.Model, returns {type(network).__name__}."
                )
            return network
        return None

    def _score(self, network: keras.Model, split: Split) -> None:
        outputs = self._outputs(network, split)
        if outputs is None:
            return
        model = self.workload.model
        with self._step("loss"):
            self._needs("loss")

            @tf.function  # type: ignore[untyped-decorator]
            def losses(targets: tf.Tensor, given: Columns) -> tf.Tensor:
                return model.loss(targets, given, self.options)

            given = {name: tf.constant(values) for name, values in outputs.items()}
            _require_rows("what `loss` returns", losses(split.targets, given), len(split))
        with self._step("score"):
            self._needs("score")
            counted = split.weights.numpy() > 0
            score = model.score(
                split.targets.numpy()[counted],
                {name: values[counted] for name, values in outputs.items()},
            )
            if not isinstance(score, int | float | np.number):
                raise InputError(f"`score` must return a number, returns {type(score).__name__}.")

    def _outputs(self, network: keras.Model, split: Split) -> Arrays | None:
        with self._step("network"):
            self._needs("network")
            features, _, _ = split.batch(tf.range(1))
            returned = network(features, training=False)
            if not isinstance(returned, Mapping):
                raise InputError(
                    "The model that `network` returns must return a dictionary of outputs, "
                    f"returns {type(returned).__name__}."
                )
            return Predictor(network, split.specification).outputs(split)
        return None

    def _serve(
        self,
        network: keras.Model,
        trained: PreparedWorkload[Any, Any],
        validation: ExtractedSplit,
    ) -> None:
        schema, test = self.workload.schema, self.rows.test
        answers: Arrays | None = None
        with self._step("serving"):
            self._needs("serving")
            answer = self.workload.model.serving(network, trained.prepared, validation.pieces)
            served = ExportedModel(network, answer)
            samples = [] if schema.sample is None else [schema.sample]
            function, problems = answering(served, schema, [validation.rows, *samples])
            if problems:
                raise InputError(refused_answers(problems))
            inputs = {one.name: one.specification for one in schema.instance}
            answers = answers_to(function, inputs, schema.prediction, test, finite=False)
        if answers is None:
            return
        with self._step("measure"):
            self._needs("measure")
            evaluation = self.workload.model.measure(test, answers)
            if not isinstance(evaluation, Evaluation):
                raise InputError(
                    f"`measure` must return an Evaluation, returns {type(evaluation).__name__}."
                )
            require_metrics(self.workload.name, evaluation, self.workload.metrics, finite=False)


def _require_rows(what: str, values: tf.Tensor, rows: int) -> None:
    received = type(values).__name__
    if tf.is_tensor(values):
        received = f"{values.dtype.name} {values.shape.as_list()}"
    if received != f"float32 [{rows}]":
        raise InputError(
            f"{what[0].upper()}{what[1:]} must be float32 [{rows}] for {rows} row(s), received "
            f"{received}."
        )
