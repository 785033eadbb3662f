"""What a pipeline definition may be, and the values of its parameters."""

from __future__ import annotations

import json
from typing import Any

import pytest

from local.services.sagemaker.definition import InvalidDefinition, parse_definition
from local.services.sagemaker.parameters import InvalidParameters, parameter_values


def step(name: str, kind: str = "Fail", **members: Any) -> dict[str, Any]:
    return {"Name": name, "Type": kind, "Arguments": {"ErrorMessage": "no"}, **members}


def definition(*steps: Any, parameters: Any = ()) -> str:
    return json.dumps(
        {"Version": "2020-12-01", "Parameters": list(parameters), "Steps": list(steps)}
    )


def problems(source: str) -> list[str]:
    with pytest.raises(InvalidDefinition) as caught:
        parse_definition(source)
    return caught.value.problems


def test_order_comes_from_references_and_depends_on() -> None:
    gate = {
        "Name": "Gate",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [
                {
                    "Type": "Equals",
                    "LeftValue": {"Get": "Steps.First.Arn"},
                    "RightValue": 1,
                }
            ],
            "IfSteps": [step("Yes", Arguments={"ErrorMessage": {"Get": "Steps.Second.Arn"}})],
            "ElseSteps": [step("No")],
        },
    }
    parsed = parse_definition(
        definition(step("First"), step("Second", DependsOn=["First"]), gate)
    ).steps
    assert {name: set(item.depends_on) for name, item in parsed.items()} == {
        "First": set(),
        "Second": {"First"},
        "Gate": {"First"},
        "Yes": {"Gate", "Second"},
        "No": {"Gate"},
    }
    assert parsed["Yes"].branch == ("Gate", True)
    assert parsed["No"].branch == ("Gate", False)
    assert parsed["First"].branch is None


def test_every_problem_is_reported_at_once() -> None:
    found = problems(
        definition(
            step("A", "Lambda"),
            step("B"),
            step("B"),
            parameters=[{"Name": "P", "Type": "Date"}],
        )
    )
    assert found == [
        'Parameter "P" has the type "Date"; expected one of Boolean, Float, Integer, String.',
        'Step names must be unique within a pipeline; "B" is used more than once.',
        'Step "A" has the type "Lambda", which does not run on this machine; '
        "expected one of Condition, EMR, Fail, Processing, RegisterModel, Training.",
    ]


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("Parameters.Nope", "no such parameter"),
        ("Execution.Nope", "no such execution variable"),
        ("Other.Thing", "a reference begins with Parameters, Execution or Steps"),
        ("Steps.First.PropertyFiles.Nope", "the step declares no such property file"),
    ],
)
def test_unresolved_reference_is_named(reference: str, problem: str) -> None:
    last = step("Last", Arguments={"ErrorMessage": {"Get": reference}})
    assert problems(definition(step("First"), last)) == [
        f'Step "Last" has the unresolved reference "{reference}": {problem}.'
    ]


def test_reference_to_a_missing_step_is_named() -> None:
    last = step("Last", Arguments={"ErrorMessage": {"Get": "Steps.Nope.Arn"}})
    assert problems(definition(last)) == [
        'Step "Last" refers to the step "Nope", which does not exist.'
    ]


def test_steps_that_wait_for_each_other_are_refused() -> None:
    found = problems(definition(step("A", DependsOn=["B"]), step("B", DependsOn=["A"])))
    assert found == ["These steps wait for each other: A, B."]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{", "is not JSON"),
        ("[]", 'must have "Version": "2020-12-01"'),
        ('{"Version": "2019-01-01"}', 'must have "Version": "2020-12-01"'),
        ('{"Version": "2020-12-01"}', "has no steps"),
    ],
)
def test_document_that_is_not_a_definition_is_refused(source: str, problem: str) -> None:
    assert problem in problems(source)[0]


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (
            {"Type": "Contains"},
            'has a condition of unknown type "Contains"; expected one of Equals, GreaterThan,'
            " GreaterThanOrEqualTo, LessThan, LessThanOrEqualTo, In, Not, Or",
        ),
        ({"Type": "Equals"}, 'has a condition of type "Equals" without LeftValue and RightValue'),
        (
            {"Type": "In", "LeftValue": "a", "Values": ["a"]},
            'has a condition of type "In" without QueryValue',
        ),
        (
            {"Type": "In", "QueryValue": "a", "Values": "a"},
            'has a condition of type "In" whose Values is no list',
        ),
        (
            {"Type": "Or", "Conditions": [{"Type": "Not", "Expression": {"Type": "In"}}]},
            'has a condition of type "In" without QueryValue and Values',
        ),
    ],
)
def test_condition_that_cannot_be_decided_is_refused(condition: Any, problem: str) -> None:
    arguments = {"Conditions": [condition], "IfSteps": [], "ElseSteps": []}
    gate = {"Name": "Gate", "Type": "Condition", "Arguments": arguments}
    assert problems(definition(gate)) == [f'Step "Gate" {problem}.']


def test_default_that_its_parameter_does_not_allow_is_refused() -> None:
    parameters = [
        {"Name": "A", "Type": "String", "DefaultValue": "none", "EnumValues": ["None", "All"]},
        {"Name": "B", "Type": "Float", "DefaultValue": "0.7"},
        {"Name": "C", "Type": "Integer", "DefaultValue": True},
        {"Name": "D", "Type": "Float", "DefaultValue": 1},
        {"Name": "E", "Type": "Boolean", "DefaultValue": False},
        {"Name": "F", "Type": "String"},
    ]
    assert problems(definition(step("A"), parameters=parameters)) == [
        'Parameter "A" must be one of None, All; its default is "none".',
        "Parameter \"B\" is of type Float; its default is '0.7'.",
        'Parameter "C" is of type Integer; its default is True.',
    ]


DECLARED: dict[str, dict[str, Any]] = {
    "Status": {"Type": "String", "DefaultValue": "Approved", "EnumValues": ["Approved", "Not"]},
    "Minimum": {"Type": "Float", "DefaultValue": 0.7},
    "Rows": {"Type": "Integer", "DefaultValue": 10},
    "Fast": {"Type": "Boolean", "DefaultValue": False},
}


def test_defaults_hold_where_nothing_is_given() -> None:
    given = [{"Name": "Minimum", "Value": "0.9"}, {"Name": "Fast", "Value": "True"}]
    assert parameter_values(DECLARED, given) == {
        "Status": "Approved",
        "Minimum": 0.9,
        "Rows": 10,
        "Fast": True,
    }


def test_every_wrong_parameter_is_reported() -> None:
    given = [
        {"Name": "Status", "Value": "Perhaps"},
        {"Name": "Minimum", "Value": "high"},
        {"Name": "Rows", "Value": "1.5"},
        {"Name": "Fast", "Value": "yes"},
        {"Name": "Other", "Value": "1"},
    ]
    declared = {**DECLARED, "Needed": {"Type": "String"}}
    with pytest.raises(InvalidParameters) as caught:
        parameter_values(declared, given)
    assert str(caught.value) == (
        'Parameter "Minimum" must be of type Float, received "high". '
        'Parameter "Rows" must be of type Integer, received "1.5". '
        'Parameter "Fast" must be of type Boolean, received "yes". '
        'Parameter "Other" is not declared by the pipeline; '
        "it has Fast, Minimum, Needed, Rows, Status. "
        'Parameter "Status" must be one of Approved, Not, received "Perhaps". '
        'Parameter "Needed" has no default and no value was given.'
    )
