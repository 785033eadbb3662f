"""Ids with the form of EMR's."""

from __future__ import annotations

import secrets
import string

_ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """Returns an id such as ``j-``, ``s-`` or ``if-`` and 13 characters."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(13))
