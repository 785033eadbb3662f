"""Resolution of a definition's expressions."""

from __future__ import annotations

from typing import Any

import pytest

from local.services.sagemaker.conditions import InvalidCondition, all_hold, holds
from local.services.sagemaker.expressions import (
    Scope,
    UnresolvedReference,
    references,
    resolve,
)

SCOPE = Scope(
    parameters={"Epochs": "4", "MinMetric": 0.7, "Flag": True, "Count": 3},
    execution={"PipelineExecutionId": "abc123"},
    steps={
        "Train": {
            "ModelArtifacts": {"S3ModelArtifacts": "s3://b/model.tar.gz"},
            "InputDataConfig": [{"ChannelName": "train"}, {"ChannelName": "validation"}],
        },
        "Evaluate": {
            "ProcessingOutputConfig": {
                "Outputs": [
                    {"OutputName": "other", "S3Output": {"S3Uri": "s3://b/other"}},
                    {"OutputName": "evaluation", "S3Output": {"S3Uri": "s3://b/evaluation"}},
                ]
            }
        },
    },
    property_files={
        ("Evaluate", "Report"): {"metrics": {"macro_f1": {"value": 0.71}}, "list": [{"a": None}]}
    },
)
EXECUTION_ID = {"Get": "Execution.PipelineExecutionId"}
REPORT = {"Get": "Steps.Evaluate.PropertyFiles.Report"}


def figure(path: str) -> dict[str, Any]:
    return {"Std:JsonGet": {"PropertyFile": REPORT, "Path": path}}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ({"Get": "Parameters.MinMetric"}, 0.7),
        ({"Get": "Parameters.Epochs"}, "4"),
        ({"Get": "Execution.PipelineExecutionId"}, "abc123"),
        ({"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}, "s3://b/model.tar.gz"),
        ({"Get": "Steps.Train.InputDataConfig[1].ChannelName"}, "validation"),
        (
            {"Get": "Steps.Evaluate.ProcessingOutputConfig.Outputs['evaluation'].S3Output.S3Uri"},
            "s3://b/evaluation",
        ),
        (figure("metrics.macro_f1.value"), 0.71),
        (figure("$.metrics.macro_f1.value"), 0.71),
        (figure("list[0].a"), None),
        (
            {
                "Std:Join": {
                    "On": "/",
                    "Values": ["s3://b", {"Get": "Execution.PipelineExecutionId"}],
                }
            },
            "s3://b/abc123",
        ),
        (
            {"Std:Join": {"On": " ", "Values": [{"Get": "Parameters.MinMetric"}, True, None, 3]}},
            "0.7 true null 3",
        ),
        ({"Std:Join": {"On": "", "Values": [figure("metrics.macro_f1.value")]}}, "0.71"),
        (
            {"a": [{"Get": "Parameters.Count"}, {"b": {"Get": "Parameters.Flag"}}], "c": 1},
            {"a": [3, {"b": True}], "c": 1},
        ),
        ({"Get": "Parameters.Epochs", "More": 1}, {"Get": "Parameters.Epochs", "More": 1}),
    ],
)
def test_expression_resolves(expression: Any, value: Any) -> None:
    assert resolve(expression, SCOPE) == value


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ({"Get": "Parameters.Missing"}, '"Parameters.Missing" does not exist'),
        ({"Get": "Steps.Other.Arn"}, '"Steps.Other.Arn" does not exist'),
        ({"Get": "Steps.Train.Nothing.There"}, 'nothing at "Nothing"'),
        ({"Get": "Steps.Train.InputDataConfig[2]"}, r'nothing at "\[2\]"'),
        (
            {"Get": "Steps.Evaluate.ProcessingOutputConfig.Outputs['x']"},
            r"nothing at \"\['x'\]\"",
        ),
        (figure("metrics.accuracy"), 'Report at metrics.accuracy" does not exist'),
        (
            {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.A.PropertyFiles.B"}, "Path": "a"}},
            'property file "Steps.A.PropertyFiles.B" does not exist',
        ),
        ({"Get": "Steps.Train.ModelArtifacts[b"}, "is not a path"),
    ],
)
def test_reference_to_nothing_is_named(expression: Any, named: str) -> None:
    with pytest.raises(UnresolvedReference, match=named):
        resolve(expression, SCOPE)


def test_references_are_found_however_deep() -> None:
    value = {"a": [{"Get": "Parameters.X"}, figure("a")], "b": {"c": {"Get": "Steps.S.Arn"}}}
    assert list(references(value)) == [
        "Parameters.X",
        "Steps.Evaluate.PropertyFiles.Report",
        "Steps.S.Arn",
    ]


def compare(kind: str, left: Any, right: Any) -> bool:
    return holds({"Type": kind, "LeftValue": left, "RightValue": right}, SCOPE)


@pytest.mark.parametrize(
    ("kind", "below", "equal", "above"),
    [
        ("GreaterThan", False, False, True),
        ("GreaterThanOrEqualTo", False, True, True),
        ("LessThan", True, False, False),
        ("LessThanOrEqualTo", True, True, False),
        ("Equals", False, True, False),
    ],
)
def test_comparison_on_both_sides(kind: str, below: bool, equal: bool, above: bool) -> None:
    right = {"Get": "Parameters.MinMetric"}
    assert compare(kind, 0.69, right) is below
    assert compare(kind, 0.7, right) is equal
    assert compare(kind, 0.71, right) is above


def test_true_is_not_one() -> None:
    assert compare("Equals", {"Get": "Parameters.Flag"}, 1) is False
    assert compare("Equals", {"Get": "Parameters.Flag"}, True) is True


@pytest.mark.parametrize(("left", "right"), [("1", 1), (None, 1), (True, 1)])
def test_sides_without_an_order_are_refused(left: Any, right: Any) -> None:
    with pytest.raises(InvalidCondition, match="GreaterThan cannot compare"):
        compare("GreaterThan", left, right)


def test_conditions_combine() -> None:
    yes = {"Type": "Equals", "LeftValue": 1, "RightValue": 1}
    no = {"Type": "Equals", "LeftValue": 1, "RightValue": 2}
    assert holds({"Type": "Not", "Expression": no}, SCOPE) is True
    assert holds({"Type": "Or", "Conditions": [no, yes]}, SCOPE) is True
    member = {"Type": "In", "QueryValue": {"Get": "Parameters.Epochs"}}
    assert holds({**member, "Values": ["3", "4"]}, SCOPE) is True
    assert holds({**member, "Values": ["3", 4]}, SCOPE) is False
    assert all_hold([yes, no], SCOPE) is False
    assert all_hold([yes, yes], SCOPE) is True
