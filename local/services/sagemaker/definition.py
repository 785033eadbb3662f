"""Parses and checks a pipeline definition, which is a graph of steps. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local.services.sagemaker.conditions import condition_problems
from local.services.sagemaker.definition_shape import shape_problems
from local.services.sagemaker.expressions import (
    EXECUTION_VARIABLES,
    property_file_of,
    references,
)
from local.services.sagemaker.parameters import declaration_problems

VERSION = "2020-12-01"

STEP_TYPES = frozenset({"EMR", "Training", "Processing", "Condition", "RegisterModel", "Fail"})
"""Types of steps that run on this machine."""


class InvalidDefinition(Exception):
    """The definition is not valid; one sentence for each problem."""

    def __init__(self, problems: list[str]) -> None:
        """Joins the problems into one message."""
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class StepDefinition:
    """One step of a definition.

    Attributes:
        branch: Condition step and outcome (``True`` or ``False``) for which this step runs; None
            for a step that always runs.
        depends_on: Names of the steps that have to succeed before.
    """

    name: str
    kind: str
    body: Mapping[str, Any]
    branch: tuple[str, bool] | None
    depends_on: frozenset[str]

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The request of the API that the step calls, with expressions."""
        arguments: Mapping[str, Any] = self.body.get("Arguments", {})
        return arguments


@dataclass(frozen=True)
class Definition:
    """A valid definition."""

    parameters: Mapping[str, Mapping[str, Any]]
    steps: Mapping[str, StepDefinition]


def parse_definition(source: str) -> Definition:
    """Parses and checks a definition.

    Raises:
        InvalidDefinition: With all problems.
    """
    try:
        document = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise InvalidDefinition([f"The pipeline definition is not JSON: {error}."]) from error
    if not isinstance(document, dict) or document.get("Version") != VERSION:
        raise InvalidDefinition([f'The pipeline definition must have "Version": "{VERSION}".'])
    problems = shape_problems(document)
    if problems:
        raise InvalidDefinition(problems)
    parameters = {str(item["Name"]): item for item in document.get("Parameters", [])}
    bodies = list(_flatten(document.get("Steps", []), None))
    problems = [*declaration_problems(parameters), *_step_problems(bodies)]
    if problems:
        raise InvalidDefinition(problems)
    steps = {
        str(body["Name"]): StepDefinition(
            str(body["Name"]), str(body["Type"]), body, branch, _dependencies(body, branch)
        )
        for body, branch in bodies
    }
    problems = [*_reference_problems(parameters, steps), *_cycle_problems(steps)]
    if problems:
        raise InvalidDefinition(problems)
    return Definition(parameters, steps)


Branch = tuple[str, bool]


def _flatten(
    steps: list[Any], branch: Branch | None
) -> Iterator[tuple[Mapping[str, Any], Branch | None]]:
    for body in steps:
        yield body, branch
        if body.get("Type") == "Condition":
            arguments = body.get("Arguments", {})
            yield from _flatten(arguments.get("IfSteps", []), (str(body.get("Name")), True))
            yield from _flatten(arguments.get("ElseSteps", []), (str(body.get("Name")), False))


def _own_parts(body: Mapping[str, Any]) -> Any:
    """Returns the parts whose expressions belong to the step itself, not to steps of a branch."""
    arguments = body.get("Arguments", {})
    return arguments.get("Conditions", []) if body.get("Type") == "Condition" else arguments


def _dependencies(body: Mapping[str, Any], branch: Branch | None) -> frozenset[str]:
    named = {str(name) for name in body.get("DependsOn", [])}
    referred = {
        path.split(".")[1] for path in references(_own_parts(body)) if path.startswith("Steps.")
    }
    return frozenset(named | referred | ({branch[0]} if branch else set()))


def _step_problems(bodies: list[tuple[Mapping[str, Any], Branch | None]]) -> Iterator[str]:
    if not bodies:
        yield "The pipeline definition has no steps."
    names = Counter(str(body["Name"]) for body, _ in bodies)
    for name in sorted(name for name, count in names.items() if count > 1):
        yield f'Step names must be unique within a pipeline; "{name}" is used more than once.'
    for body, _ in bodies:
        kind, label = body.get("Type"), body.get("Name")
        if kind not in STEP_TYPES:
            yield (
                f'Step "{label}" has the type "{kind}", which does not run on this machine; '
                f"expected one of {', '.join(sorted(STEP_TYPES))}."
            )
        if kind == "Condition":
            for condition in body.get("Arguments", {}).get("Conditions", []):
                for problem in condition_problems(condition):
                    yield f'Step "{label}" {problem}.'


def _reference_problems(
    parameters: Mapping[str, Any], steps: Mapping[str, StepDefinition]
) -> Iterator[str]:
    for step in steps.values():
        for name in sorted(step.depends_on - set(steps)):
            yield f'Step "{step.name}" refers to the step "{name}", which does not exist.'
        for path in references(_own_parts(step.body)):
            kind, _, rest = path.partition(".")
            problem = None
            if kind == "Parameters":
                problem = None if rest in parameters else "no such parameter"
            elif kind == "Execution":
                problem = None if rest in EXECUTION_VARIABLES else "no such execution variable"
            elif kind == "Steps":
                problem = _property_file_problem(path, steps)
            else:
                problem = "a reference begins with Parameters, Execution or Steps"
            if problem is not None:
                yield f'Step "{step.name}" has the unresolved reference "{path}": {problem}.'


def _property_file_problem(path: str, steps: Mapping[str, StepDefinition]) -> str | None:
    key = property_file_of(path)
    if key is None or key[0] not in steps:
        return None
    files = steps[key[0]].body.get("PropertyFiles", [])
    declared = any(file.get("PropertyFileName") == key[1] for file in files)
    return None if declared else "the step declares no such property file"


def _cycle_problems(steps: Mapping[str, StepDefinition]) -> Iterator[str]:
    remaining = {name: set(step.depends_on) & set(steps) for name, step in steps.items()}
    while free := [name for name, needed in remaining.items() if not needed]:
        for name in free:
            del remaining[name]
        for needed in remaining.values():
            needed.difference_update(free)
    if remaining:
        yield f"These steps wait for each other: {', '.join(sorted(remaining))}."
