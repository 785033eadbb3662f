from __future__ import annotations

import pytest
from model_training.evaluation import build_report

from workloads.sentiment.classifier.quality import measure


def test_measures_by_hand() -> None:
    quality = measure([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2])
    assert quality.confusion == ((2, 1, 0), (0, 1, 1), (0, 0, 1))
    assert quality.f1 == pytest.approx((4 / 5, 2 / 4, 2 / 3))
    assert quality.macro_f1 == pytest.approx((4 / 5 + 2 / 4 + 2 / 3) / 3)
    assert quality.accuracy == pytest.approx(4 / 6)
    assert quality.rows == 6


def test_a_class_never_right_counts_as_zero() -> None:
    assert measure([0, 1], [1, 0]).f1 == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("expected", "predicted"), [([], []), ([0], [0, 1])])
def test_refuses_what_cannot_be_compared(expected: list[int], predicted: list[int]) -> None:
    with pytest.raises(ValueError, match="Expected as many predictions as labels, at least one"):
        measure(expected, predicted)


def test_report_without_an_approved_model() -> None:
    candidate = measure([0, 1, 2, 2], [0, 1, 2, 0])
    macro_f1 = (2 / 3 + 1 + 2 / 3) / 3
    report = build_report(candidate, None, "none")
    assert report == {
        "metrics": {
            "macro_f1": {"value": pytest.approx(macro_f1)},
            "accuracy": {"value": 0.75},
            "f1_negative": {"value": pytest.approx(2 / 3)},
            "f1_neutral": {"value": 1.0},
            "f1_positive": {"value": pytest.approx(2 / 3)},
        },
        "approved": {"model_package": "none", "macro_f1": None, "accuracy": None},
        "comparison": {"margin": {"value": pytest.approx(macro_f1)}},
        "labels": ["negative", "neutral", "positive"],
        "confusion": [[1, 0, 0], [0, 1, 0], [1, 0, 1]],
        "rows": 4,
    }


def test_report_beside_an_approved_model() -> None:
    candidate = measure([0, 1, 2], [0, 1, 1])
    approved = measure([0, 1, 2], [0, 1, 2])
    report = build_report(candidate, approved, "arn:x")
    assert report["approved"] == {
        "model_package": "arn:x",
        "macro_f1": {"value": 1.0},
        "accuracy": {"value": 1.0},
    }
    assert report["comparison"]["margin"]["value"] == pytest.approx((1 + 2 / 3) / 3 - 1)
