"""ARNs written with fields of a planned resource. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from tests.python.aws_models.plans import Resource

ACCOUNT = "123456789012"
REGION = "us-east-1"

_FIELD = re.compile(r"\{([\w.]+)(:last)?\}")


def regional(service: str, resource: str) -> str:
    """Returns an ARN of the account and region."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def filled(template: str, resource: Resource) -> Iterator[str]:
    """Yields a text for each value of its fields; none where a field has no value.

    Args:
        template: Fields in braces: `{id}`, inputs, inputs within inputs with dots between. What a
            list holds is taken one by one. `{field:last}` is what follows the last slash.
        resource: Has the values.
    """
    found = list(_FIELD.finditer(template))
    values = [_values(resource, field[1], field[2] is not None) for field in found]
    for chosen in itertools.product(*values):
        texts = iter(chosen)
        yield _FIELD.sub(lambda _, texts=texts: next(texts), template)


def _values(resource: Resource, path: str, last: bool) -> list[str]:
    if path == "id":
        return [resource.id]
    texts = [str(one) for one in _at([resource.inputs], path.split("."))]
    return [text.rsplit("/", 1)[-1] for text in texts] if last else texts


def _at(values: list[Any], path: list[str]) -> list[Any]:
    if not path:
        return values
    within = [one[path[0]] for one in values if one.get(path[0]) is not None]
    flat = [one for item in within for one in (item if isinstance(item, list) else [item])]
    return _at(flat, path[1:])
