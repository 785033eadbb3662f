"""Checks that the object `WORKLOAD` follows the protocol, before anything of it is called."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from model_training.workload import Workload

OBJECT = "WORKLOAD"
OPTIONS = "options"

# The methods of the protocol, in its order, with their arguments, which are passed by position.
METHODS: Mapping[str, tuple[str, ...]] = {
    name: tuple(inspect.signature(method).parameters)[1:]
    for name, method in vars(Workload).items()
    if inspect.isfunction(method) and not name.startswith("_")
}


def interface_problems(model: object) -> dict[str, str]:
    """Returns, by the member's name, why it cannot be called as the protocol says.

    Args:
        model: The value of `WORKLOAD` in `model.py`.
    """
    if isinstance(model, type):
        called = f"{model.__name__}()"
        of_class = f"{OBJECT} is a class and must be an object of it: write `{OBJECT} = {called}`"
        return dict.fromkeys((OPTIONS, *METHODS), of_class)
    problems = {}
    if not hasattr(model, OPTIONS):
        problems[OPTIONS] = (
            f"{OBJECT} has no `{OPTIONS}`, the class of its hyperparameters: write "
            f"`{OPTIONS} = TrainingOptions`, or a class that extends it"
        )
    for name, arguments in METHODS.items():
        problem = _method_problem(model, name, arguments)
        if problem is not None:
            problems[name] = problem
    return problems


def _method_problem(model: object, name: str, arguments: tuple[str, ...]) -> str | None:
    expected = f"{name}({', '.join(arguments)})"
    method = getattr(model, name, None)
    if method is None:
        return f"{OBJECT} has no method `{expected}`: add it"
    if not callable(method):
        return f"{OBJECT}.{name} must be the method `{expected}`, is {method!r}"
    try:
        signature = inspect.signature(method)
    except (TypeError, ValueError):
        # The signature of code that is not Python is unknown.
        return None
    try:
        signature.bind(*arguments)
    except TypeError:
        parameters = ", ".join(str(one) for one in signature.parameters)
        return f"{OBJECT} must have the method `{expected}`, has `{name}({parameters})`"
    return None
