from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from model_training.evaluation import Curves, Matrix
from model_training.problems import InputError

from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.quality import count_confusion, macro_f1, measure

EXPECTED = ("negative", "negative", "negative", "neutral", "neutral", "positive")
ANSWERED = ("negative", "negative", "neutral", "neutral", "positive", "positive")


def strings(values: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(values, dtype=np.object_)


def answers(labels: Sequence[str]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    """Predictions with scores of 0.5, 0.55, 0.6 and so on for their labels."""
    sure = 0.5 + 0.05 * np.arange(len(labels))
    return {
        "label": strings(labels),
        **{
            f"score_{name}": np.where(np.array(labels) == name, sure, (1 - sure) / 2)
            for name in LABELS
        },
    }


def test_metrics_by_hand() -> None:
    metrics = measure({"label": strings(EXPECTED)}, answers(ANSWERED)).metrics
    assert metrics == {
        "macro_f1": pytest.approx((4 / 5 + 2 / 4 + 2 / 3) / 3),
        "accuracy": pytest.approx(4 / 6),
        "f1_negative": pytest.approx(4 / 5),
        "f1_neutral": 0.5,
        "f1_positive": pytest.approx(2 / 3),
    }


def test_a_class_without_a_correct_prediction_has_an_f1_of_0() -> None:
    wrong = measure({"label": strings(("negative", "neutral"))}, answers(("neutral", "negative")))
    assert set(wrong.metrics.values()) == {0.0}


def test_plots() -> None:
    confusion, precision, calibration = measure(
        {"label": strings(EXPECTED)}, answers(ANSWERED)
    ).plots
    assert isinstance(confusion, Matrix)
    assert confusion.rows == confusion.columns == LABELS
    assert confusion.counts == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
    assert isinstance(precision, Curves) and isinstance(calibration, Curves)
    # Scores of positive, from the highest: 0.75 and 0.7, of which the first is one; then others.
    assert precision.lines["positive"][:2] == [(1.0, 1.0), (1.0, 0.5)]
    assert list(precision.lines) == list(calibration.lines) == list(LABELS)
    assert not precision.diagonal and calibration.diagonal
    assert calibration.lines["positive"][-1] == (0.75, 1.0)


def test_a_label_without_posts_has_no_precision_curve() -> None:
    plots = measure({"label": strings(("negative",))}, answers(("negative",))).plots
    assert [list(plot.lines) for plot in plots if isinstance(plot, Curves)] == [
        ["negative"],
        list(LABELS),
    ]


@pytest.mark.parametrize(
    ("expected", "answered", "message"),
    [
        (("angry",), ("neutral",), "The training set holds 'angry'."),
        (("neutral",), ("angry",), "The model answered 'angry'."),
        ((), (), "The training set holds no post."),
    ],
)
def test_refuses_unknown_labels(
    expected: Sequence[str], answered: Sequence[str], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        measure({"label": strings(expected)}, answers(answered))
    assert str(caught.value) == f"{message} Expected labels: negative, neutral, positive."


def test_macro_f1_of_classes() -> None:
    expected, predicted = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 2, 2])
    assert macro_f1(expected, predicted) == pytest.approx((4 / 5 + 2 / 4 + 2 / 3) / 3)
    assert count_confusion(expected, predicted).tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
