"""Identities and labels of events, as they are in the lake."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from local.events.contracts import EventContract
from local.events.identity import EventIdentity, canonical_text


class LakeIdentities:
    """Reads identities and labels of a contract's events.

    Args:
        contract: The event contract.
        hash_key: Key of the pseudonyms; required if one is part of the identity.

    Raises:
        ValueError: The key is required and absent.
    """

    def __init__(self, contract: EventContract, hash_key: bytes | None = None) -> None:
        self._identity = EventIdentity(contract)
        self._hash_key = hash_key or b""
        hidden = [one.name for one in contract.identity_fields if "pseudonym" in one.uses]
        if hidden and not self._hash_key:
            raise ValueError(
                f"The lake holds pseudonyms of {', '.join(hidden)}, by which the contract "
                f"{contract.workload} tells its events apart: the audit needs the key of the "
                "pseudonyms, --hash-key-secret."
            )

    @property
    def columns(self) -> list[str]:
        """The columns of identities and labels in the lake."""
        label = self._identity.label
        columns = [field.column for field in self._identity.fields]
        return columns if label is None else [*columns, label.column]

    def of_sent(self, texts: Sequence[str]) -> tuple[str, ...]:
        """An identity that was sent, as it is in the lake."""
        return tuple(
            self._pseudonym(text) if "pseudonym" in field.uses else text
            for field, text in zip(self._identity.fields, texts, strict=True)
        )

    def of_row(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The identity of a valid row."""
        return self._identity.of_row(row)

    def label_of_row(self, row: Mapping[str, Any]) -> str | None:
        """The label of a row; None if it has none."""
        label = self._identity.label
        value = None if label is None else row[label.column]
        return None if value is None else canonical_text(value)

    def _pseudonym(self, text: str) -> str:
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()
