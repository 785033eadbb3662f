"""Any pipeline definition is accepted or refused in sentences; an accepted one can be resolved."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from local.services.sagemaker.conditions import InvalidCondition, all_hold
from local.services.sagemaker.definition import InvalidDefinition, parse_definition
from local.services.sagemaker.expressions import (
    Scope,
    UnresolvedReference,
    references,
    resolve,
)
from tests.python.fuzzing.documents import ANY_JSON, nearly, texts
from tests.python.fuzzing.executions import fuzz

_REPORT = {"Get": "Steps.A.PropertyFiles.P"}
_CONDITIONS: list[Any] = [
    {"Type": "GreaterThan", "LeftValue": {"Get": "Parameters.P"}, "RightValue": 1},
    {"Type": "Not", "Expression": {"Type": "Equals", "LeftValue": 1, "RightValue": "1"}},
    {"Type": "Or", "Conditions": [{"Type": "In", "QueryValue": 1, "Values": [{"Get": "x"}, 1]}]},
]
_DEFINITION = {
    "Version": "2020-12-01",
    "Parameters": [{"Name": "P", "Type": "Float", "DefaultValue": 0.7}],
    "Steps": [
        {
            "Name": "A",
            "Type": "Processing",
            "Arguments": {
                "Role": {"Std:Join": {"On": "/", "Values": ["a", {"Get": "Parameters.P"}]}},
                "Input": {"Get": "Execution.PipelineName"},
            },
            "PropertyFiles": [{"PropertyFileName": "P", "OutputName": "o", "FilePath": "p.json"}],
        },
        {
            "Name": "Gate",
            "Type": "Condition",
            "DependsOn": ["A"],
            "Arguments": {
                "Conditions": _CONDITIONS,
                "IfSteps": [
                    {
                        "Name": "B",
                        "Type": "Fail",
                        "Arguments": {
                            "ErrorMessage": {
                                "Std:JsonGet": {"PropertyFile": _REPORT, "Path": "metrics.a[0]"}
                            }
                        },
                    }
                ],
                "ElseSteps": [],
            },
        },
    ],
}
_SCOPE = Scope(
    parameters={"P": 0.5},
    execution={"PipelineName": "n"},
    steps={"A": {"B": [{"OutputName": "o", "C": [1]}], "D": None}},
    property_files={("A", "P"): {"metrics": {"a": [1, {"b": 2}]}}},
)


@fuzz("pipeline definitions", 200, texts(nearly(_DEFINITION)))
def _definitions(source: str) -> None:
    try:
        definition = parse_definition(source)
    except InvalidDefinition as error:
        assert error.problems and all(each.endswith(".") for each in error.problems)
        return
    for step in definition.steps.values():
        assert step.depends_on <= set(definition.steps)
        list(references(step.arguments))
        try:
            resolve(step.arguments, _SCOPE)
            if step.kind == "Condition":
                all_hold(step.arguments.get("Conditions", []), _SCOPE)
        except (UnresolvedReference, InvalidCondition) as error:
            assert str(error).endswith(".")


_SEGMENTS = [
    "B",
    ".",
    "[0]",
    "[9999999999]",
    "[" + "1" * 5000 + "]",
    "['o']",
    ".C",
    "[٣]",
    "D",
    "[",
]
_PATHS = st.lists(st.sampled_from(_SEGMENTS) | st.text(max_size=3), max_size=5).map("".join)
_EXPRESSIONS = (
    st.builds(lambda path: {"Get": f"Steps.A.{path}"}, _PATHS)
    | st.builds(lambda path: {"Std:JsonGet": {"PropertyFile": _REPORT, "Path": path}}, _PATHS)
    | st.builds(lambda parts: {"Std:Join": parts}, ANY_JSON)
    | st.builds(lambda parts: {"Std:JsonGet": parts}, ANY_JSON)
    | ANY_JSON
)


@fuzz("pipeline expressions", 300, _EXPRESSIONS)
def _expressions(value: Any) -> None:
    list(references(value))
    try:
        resolve(value, _SCOPE)
    except UnresolvedReference as error:
        assert str(error).endswith(".")


def test_any_definition_is_accepted_or_refused_in_sentences() -> None:
    _definitions()


def test_any_expression_is_resolved_or_named() -> None:
    _expressions()


def test_a_definition_nested_deeper_than_python_can_follow_is_refused() -> None:
    # What fuzzing found, and what it cannot find in a small document.
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        for depth in (51, 900, 100_000):
            inner = opening * depth + ("0" if opening != "[" else "") + closing * depth
            source = f'{{"Version": "2020-12-01", "Steps": {inner}}}'
            try:
                parse_definition(source)
            except InvalidDefinition as error:
                assert len(error.problems) == 1
            else:
                raise AssertionError(f"{depth} levels were accepted")


def test_what_fuzzing_found_is_refused_in_a_sentence() -> None:
    malformed = "The pipeline definition is malformed at $.Steps[0]"
    for step, problem in (
        (1, f"{malformed}: 1 is not of type 'object'."),
        ({"Name": "A", "Type": ["Fail"]}, f"{malformed}.Type: ['Fail'] is not of type 'string'."),
        (
            {"Name": "A", "Type": "Condition", "Arguments": {"Conditions": [{"Type": "Not"}]}},
            'Step "A" has a condition of type "Not" without Expression.',
        ),
    ):
        try:
            parse_definition(json.dumps({"Version": "2020-12-01", "Steps": [step]}))
        except InvalidDefinition as error:
            assert error.problems == [problem]
        else:
            raise AssertionError(f"{step} was accepted")
