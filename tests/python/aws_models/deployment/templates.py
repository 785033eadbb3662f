"""ARNs written with fields of a planned resource. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.python.aws_models.plans import Resource

ACCOUNT = "123456789012"
REGION = "us-east-1"

# Templates of ARNs by type of resource, and by the kind that IAM calls them.
Arns = Mapping[str, Mapping[str, tuple[str, ...]]]

_FIELD = re.compile(r"\{([\w.]+)(?::(last|\d))?\}")


def regional(service: str, resource: str) -> str:
    """Returns an ARN of the account and region."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def filled(template: str, resource: Resource) -> Iterator[str]:
    """Yields a text for each value of its fields; none where a field has no value.

    Args:
        template: Fields in braces: `{id}`, inputs, inputs within inputs with dots between. What a
            list holds is taken one by one. `{field:last}` is what follows the last slash,
            `{field:1}` the second part between slashes.
        resource: Has the values.
    """
    fields = list(_FIELD.finditer(template))
    values = [_values(resource, one[1], one[2]) for one in fields]
    for chosen in itertools.product(*values):
        text = template
        for one, value in zip(fields, chosen, strict=True):
            text = text.replace(one[0], value, 1)
        yield text


def _values(resource: Resource, path: str, part: str | None) -> list[str]:
    if path == "id":
        return [resource.id]
    texts = [str(one) for one in _at([resource.inputs], path.split("."))]
    if part is None:
        return texts
    index = -1 if part == "last" else int(part)
    return [text.split("/")[index] for text in texts]


def _at(values: list[Any], path: list[str]) -> list[Any]:
    if not path:
        return values
    within = [one[path[0]] for one in values if one.get(path[0]) is not None]
    flat = [one for item in within for one in (item if isinstance(item, list) else [item])]
    return _at(flat, path[1:])
