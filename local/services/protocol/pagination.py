"""Pages of a list, with a token for the next one."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from local.services.protocol.errors import ValidationError

Item = TypeVar("Item")


def page(items: Sequence[Item], token: str | None, size: int) -> tuple[Sequence[Item], str | None]:
    """Returns the page of a token, and the token of the next page.

    Args:
        items: The whole list, in the order of the answer.
        token: Token of an earlier answer; None for the first page.
        size: Items on a page, at least 1.

    Raises:
        ValidationError: The token is not one of this function.
    """
    start = 0 if token is None else _decode(token)
    end = start + size
    return items[start:end], _encode(end) if end < len(items) else None


def _encode(offset: int) -> str:
    return base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode()


def _decode(token: str) -> int:
    try:
        kind, _, number = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
        if kind == "offset" and number.isdigit():
            return int(number)
    except (binascii.Error, UnicodeError):
        pass
    raise ValidationError(f"The pagination token {token!r} is not valid; ask for the first page.")
