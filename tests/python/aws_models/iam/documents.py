"""Finds the IAM documents of planned resources, whatever input holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.python.aws_models.plans import Plans, Resource

Statement = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """One IAM document.

    Attributes:
        place: Stack, type, name and input, for messages.
        resource: The resource that carries it.
        text: The document as AWS gets it.
    """

    place: str
    resource: Resource
    text: str

    @property
    def statements(self) -> list[Statement]:
        """Its statements."""
        statements = json.loads(self.text)["Statement"]
        return statements if isinstance(statements, list) else [statements]

    @property
    def is_trust(self) -> bool:
        """Whether it says who may take a role: such a document names no resource."""
        return self.resource.type == "aws:iam/role:Role"

    @property
    def belongs_to_key(self) -> bool:
        """Whether it is a key's policy, where the resource `*` means the key itself."""
        return self.resource.type == "aws:kms/key:Key"


def iam_documents(plans: Plans) -> Iterator[Document]:
    """Yields every document of every stack."""
    for label, resource in plans.resources():
        for name, text in resource.inputs.items():
            if isinstance(text, str) and _is_document(text):
                yield Document(f"{label}.{name}", resource, text)


def as_list(value: Any) -> list[str]:
    """Returns one or many as many."""
    return value if isinstance(value, list) else [value]


def _is_document(text: str) -> bool:
    if '"Statement"' not in text:
        return False
    try:
        parsed = json.loads(text)
    except ValueError:
        return False
    return isinstance(parsed, dict) and "Statement" in parsed
