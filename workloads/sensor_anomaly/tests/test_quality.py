from __future__ import annotations

import numpy as np
import pytest
from model_training.evaluation import Curves, Matrix
from model_training.problems import InputError

from workloads.sensor_anomaly.detector.quality import measure
from workloads.sensor_anomaly.tests.readings import columns

SAID = [True, False, True, False, None, True]
ANSWERS = {
    "score": np.array([0.9, 0.8, 0.7, 0.1, 1.0, 0.05]),
    "unusual": np.array([True, True, True, False, True, False]),
    "reading": np.array(["f1", "f2", "f1", "f9", "f3", "f9"], np.object_),
}


def test_metrics_by_hand_leave_out_unlabelled_readings() -> None:
    metrics = measure(columns({}, SAID), ANSWERS).metrics
    assert metrics == {
        # Anomalies stand first, third and fifth of five.
        "average_precision": pytest.approx((1 + 2 / 3 + 3 / 5) / 3),
        "precision": pytest.approx(2 / 3),
        "recall": pytest.approx(2 / 3),
        "f1": pytest.approx(2 / 3),
    }


def test_a_model_that_finds_nothing_has_no_precision() -> None:
    answers = {**ANSWERS, "unusual": np.zeros(6, np.bool_)}
    metrics = measure(columns({}, SAID), answers).metrics
    assert [metrics[name] for name in ("precision", "recall", "f1")] == [0.0, 0.0, 0.0]


def test_plots() -> None:
    verdicts, precision, speakers = measure(columns({}, SAID), ANSWERS).plots
    assert isinstance(verdicts, Matrix) and isinstance(speakers, Matrix)
    assert verdicts.counts == [[1, 1], [1, 2]]
    assert speakers.counts == [[0, 1, 0, 0, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 0, 0, 0, 1]]
    assert isinstance(precision, Curves)
    assert precision.lines["anomaly"][:3] == [(0.3333, 1.0), (0.3333, 0.5), (0.6667, 0.6667)]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([None, None], "has 0 labelled reading(s), 0 of them anomalies."),
        ([False, None], "has 1 labelled reading(s), 0 of them anomalies."),
        ([True, True], "has 2 labelled reading(s), 2 of them anomalies."),
    ],
)
def test_refuses_rows_with_labels_of_one_kind_only(said: list[bool | None], message: str) -> None:
    answers = {name: values[: len(said)] for name, values in ANSWERS.items()}
    with pytest.raises(InputError) as caught:
        measure(columns({}, said), answers)
    assert str(caught.value) == (
        f"The training set {message} Expected some of both kinds: wait until more readings are "
        "labelled."
    )


def test_refuses_a_number_that_does_not_exist() -> None:
    answers = {**ANSWERS, "reading": np.array(["f1", "f10", "f1", "f1", "f1", "f1"], np.object_)}
    with pytest.raises(InputError, match="The model named the number 'f10'. Expected f1, f2,"):
        measure(columns({}, SAID), answers)
