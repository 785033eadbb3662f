from __future__ import annotations

import pytest
from model_training.comparison import Comparison, measured, not_measurable
from model_training.evaluation import Curves, Evaluation, Matrix
from model_training.problems import InputError
from model_training.report import build_report, require_metrics

CANDIDATE = Evaluation({"hit_rate": 0.75, "coverage": 0.5})


def test_without_an_approved_model_the_margin_is_the_whole_figure() -> None:
    assert build_report("films", 12, "hit_rate", CANDIDATE, Comparison()) == {
        "workload": "films",
        "rows": 12,
        "gate": {"metric": "hit_rate", "value": 0.75, "margin": 0.75},
        "metrics": {"hit_rate": {"value": 0.75}, "coverage": {"value": 0.5}},
        "approved": {"model_package": "none", "state": "none", "problem": "", "metrics": None},
        "plots": [],
    }


def test_a_negative_figure_is_no_worse_than_no_model() -> None:
    candidate = Evaluation({"log_likelihood": -0.75})
    report = build_report("films", 12, "log_likelihood", candidate, Comparison())
    assert report["gate"] == {"metric": "log_likelihood", "value": -0.75, "margin": 0.0}


def test_compares_with_an_approved_model() -> None:
    comparison = measured("arn:x", Evaluation({"hit_rate": 0.875, "coverage": 0.25}))
    report = build_report("films", 12, "hit_rate", CANDIDATE, comparison)
    assert report["gate"] == {"metric": "hit_rate", "value": 0.75, "margin": -0.125}
    assert report["approved"] == {
        "model_package": "arn:x",
        "state": "measured",
        "problem": "",
        "metrics": {"hit_rate": {"value": 0.875}, "coverage": {"value": 0.25}},
    }


def test_an_approved_model_that_cannot_be_measured() -> None:
    comparison = not_measurable("arn:x", "It is gone.")
    report = build_report("films", 12, "hit_rate", CANDIDATE, comparison)
    assert report["gate"]["margin"] == 0
    assert report["approved"] == {
        "model_package": "arn:x",
        "state": "not_measurable",
        "problem": "The approved model arn:x cannot be measured on this test split. It is gone. "
        "Start the pipeline with CompareWith=none (npm run ops -- train --compare-with none) to "
        "evaluate the candidate alone.",
        "metrics": None,
    }


def test_holds_the_plots() -> None:
    matrix = Matrix("Hits", "By film.", "seen", ("a", "b"), "shown", ("c",), ((1,), (2,)))
    curves = Curves("Rate", "By k.", "k", "rate", {"all": [(1, 0.5), (2, 0.75)]})
    candidate = Evaluation({"hit_rate": 1.0}, (matrix, curves))
    assert build_report("films", 3, "hit_rate", candidate, Comparison())["plots"] == [
        {
            "kind": "matrix",
            "title": "Hits",
            "note": "By film.",
            "rowTitle": "seen",
            "rows": ["a", "b"],
            "columnTitle": "shown",
            "columns": ["c"],
            "counts": [[1], [2]],
        },
        {
            "kind": "curves",
            "title": "Rate",
            "note": "By k.",
            "xTitle": "k",
            "yTitle": "rate",
            "lines": [{"name": "all", "points": [[1, 0.5], [2, 0.75]]}],
            "diagonal": False,
        },
    ]


def test_names_every_figure_that_is_missing_or_not_a_number() -> None:
    evaluation = Evaluation({"hit_rate": float("nan"), "coverage": 0.5})
    with pytest.raises(InputError) as caught:
        require_metrics("films", evaluation, ["hit_rate", "recall", "accuracy"])
    assert str(caught.value) == (
        "`measure` of workloads/films/model.py reports no accuracy, which workload.json or the "
        "gate requires; no recall, which workload.json or the gate requires; hit_rate = nan, which "
        "is not a finite number. It reports coverage, hit_rate. Report the metric under that "
        "name, or name "
        "another one in workloads/films/workload.json."
    )
    require_metrics("films", CANDIDATE, ["coverage", "hit_rate"])
