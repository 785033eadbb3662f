"""The parts of the model that training calls, and the model through its serving signature."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from model_training.columns import as_tensors
from model_training.evaluation import Curves, Matrix
from model_training.extraction import extract_split
from model_training.problems import InputError
from model_training.workload import Arrays

from .. import quality
from ..demo.events import hold_back, read_events
from ..model import LOGIT, NUMBERS, WAITING, WORDS, WORKLOAD, Prepared, TicketOptions
from .test_demo import MOMENT

KNOWN = Prepared(word_buckets=100, mean=1.0, deviation=2.0)


def columns(
    subjects: Sequence[str], waiting: float = 0.0, plan: str = "team", urgent: bool = False
) -> Arrays:
    """Columns of a training set that differ in their subjects."""
    count = len(subjects)
    return {
        "subject": np.array(subjects, np.object_),
        "waiting_minutes": np.full(count, waiting),
        "plan": np.array([plan] * count, np.object_),
        "urgent": np.full(count, urgent),
    }


def test_the_default_epochs_are_those_of_workload_json() -> None:
    # The pipeline's epochs come from workload.json; a run by hand takes the option's default.
    file = Path(__file__).resolve().parents[1] / "workload.json"
    assert WORKLOAD.options().epochs == json.loads(file.read_text())["epochs"]


def test_extracts_the_words_of_subjects() -> None:
    rows = columns(["Cannot SIGN-in!", "?", "Ünïcode 24"], waiting=math.e - 1)
    extracted = WORKLOAD.extract(as_tensors(rows))
    words = [[word.decode() for word in one] for one in extracted[WORDS].to_list()]
    assert words == [["cannot", "sign", "in"], [], ["ünïcode", "24"]]
    assert extracted[WAITING].numpy() == pytest.approx([1.0, 1.0, 1.0])
    features = WORKLOAD.features(extracted, KNOWN)
    assert [len(one) for one in features[WORDS].to_list()] == [3, 0, 2]
    # A table of two rows has one for words, behind the one that fills up.
    only = WORKLOAD.features(extracted, Prepared(word_buckets=2, mean=0.0, deviation=1.0))
    assert only[WORDS].to_list() == [[1, 1, 1], [], [1, 1]]
    # The waiting time on one scale, then free, team, business.
    assert features[NUMBERS].numpy().tolist() == [[0.0, 0.0, 1.0, 0.0]] * 3


def test_computes_the_scale_of_waiting_times() -> None:
    rows = {**columns(["a", "b"]), "waiting_minutes": np.array([math.e - 1, math.e**3 - 1])}
    split = extract_split(WORKLOAD, rows, "train")
    prepared = WORKLOAD.prepare(split.pieces, TicketOptions(word_buckets=7))
    assert (prepared.word_buckets, prepared.mean, prepared.deviation) == pytest.approx((7, 2, 1))
    # All wait for as long: there is no scale, and nothing is divided by 0.
    same = extract_split(WORKLOAD, columns(["a", "b"]), "train")
    assert WORKLOAD.prepare(same.pieces, TicketOptions()).deviation == 1.0


def test_padding_and_subjects_without_words_change_nothing() -> None:
    network = WORKLOAD.network(KNOWN, TicketOptions())
    numbers = tf.zeros([2, 4])
    short = network({WORDS: tf.constant([[5, 9], [0, 0]], tf.int64), NUMBERS: numbers})[LOGIT]
    long = network({WORDS: tf.constant([[5, 9, 0], [0, 0, 0]], tf.int64), NUMBERS: numbers})[LOGIT]
    assert short.numpy() == pytest.approx(long.numpy())
    assert np.isfinite(short.numpy()).all()


def test_learns_the_labels_of_every_ticket() -> None:
    rows = as_tensors({**columns(["a", "b"]), "urgent": np.array([True, False])})
    targets, weights = WORKLOAD.targets(rows, KNOWN)
    assert targets.numpy().tolist() == [1.0, 0.0]
    assert weights.numpy().tolist() == [1.0, 1.0]
    # The probability is 3 of 4.
    outputs = {LOGIT: tf.math.log(tf.constant([3.0, 3.0]))}
    losses = WORKLOAD.loss(targets, outputs, TicketOptions()).numpy()
    assert losses == pytest.approx([-math.log(0.75), -math.log(0.25)])
    scored = {LOGIT: np.array([0.1, 0.9])}
    assert WORKLOAD.score(np.array([1.0, 0.0]), scored) == 0.5
    assert WORKLOAD.score(np.array([0.0, 0.0]), scored) == 0.0


@pytest.mark.parametrize(
    ("urgent", "scores", "threshold"),
    [
        ([True, False, True, False], [0.875, 0.25, 0.75, 0.125], 0.75),
        # One of three stands behind two others: without it F1 is 0.8, with it 0.75.
        ([True, True, False, False, True], [0.9, 0.75, 0.5, 0.4, 0.3], 0.75),
        ([False, False], [0.9, 0.1], 0.5),
    ],
)
def test_the_threshold_is_the_best_for_f1(
    urgent: list[bool], scores: list[float], threshold: float
) -> None:
    assert quality.best_threshold(np.array(urgent), np.array(scores)) == threshold


def test_metrics_and_plots_by_hand() -> None:
    rows = {
        "urgent": np.array([True, False, True, False]),
        "plan": np.array(["free", "free", "team", "team"], np.object_),
    }
    answers = {
        "score": np.array([0.9, 0.8, 0.7, 0.1]),
        "urgent": np.array([True, True, False, False]),
    }
    evaluation = quality.measure(rows, answers)
    assert evaluation.metrics == {
        "average_precision": pytest.approx((1 + 2 / 3) / 2),
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
    }
    verdicts, precision = evaluation.plots
    assert isinstance(verdicts, Matrix) and verdicts.counts == [[1, 1], [1, 1]]
    assert isinstance(precision, Curves) and precision.lines == {
        "free": [(1.0, 1.0), (1.0, 0.5)],
        "team": [(1.0, 1.0), (1.0, 0.5)],
    }


@pytest.mark.parametrize(("urgent", "found"), [(False, 0), (True, 2)])
def test_refuses_labels_of_one_kind_only(urgent: bool, found: int) -> None:
    rows = columns(["a", "b"], urgent=urgent)
    answers = {"score": np.array([0.5, 0.5]), "urgent": np.array([True, True])}
    with pytest.raises(InputError) as caught:
        WORKLOAD.measure(rows, answers)
    assert str(caught.value) == (
        f"Of 2 ticket(s) of the test split {found} are urgent. Expected some of both kinds: wait "
        "until more tickets are labelled."
    )


def test_serves_the_fields_of_its_schema(exported: Path) -> None:
    model = tf.saved_model.load(str(exported))
    answer = model.signatures["serving_default"]
    assert answer.structured_input_signature == (
        (),
        {
            "subject": tf.TensorSpec([None], tf.string, "subject"),
            "waiting_minutes": tf.TensorSpec([None], tf.float64, "waiting_minutes"),
            "plan": tf.TensorSpec([None], tf.string, "plan"),
        },
    )
    questions = hold_back(read_events(Path(), 3000, MOMENT), lambda number: number >= 2000)
    answers = answer(
        **as_tensors(
            {
                "subject": np.array([one.instance["subject"] for one in questions], np.object_),
                "waiting_minutes": np.array([one.instance["waiting_minutes"] for one in questions]),
                "plan": np.array([one.instance["plan"] for one in questions], np.object_),
            }
        )
    )
    assert {name: values.dtype for name, values in answers.items()} == {
        "score": tf.float64,
        "urgent": tf.bool,
    }
    expected = [one.expected["urgent"] for one in questions]
    assert answers["urgent"].numpy().tolist() == expected
    # What nobody has seen is answered, too: no word at all, and the ends of what may be.
    for subject in ("?!", "x" * 200):
        odd = as_tensors(columns([subject], waiting=43200.0, plan="none"))
        asked = {name: odd[name] for name in ("subject", "waiting_minutes", "plan")}
        assert np.isfinite(answer(**asked)["score"].numpy()).all()
