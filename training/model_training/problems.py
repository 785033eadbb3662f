"""The error for inputs that a user can correct."""

from __future__ import annotations


class InputError(Exception):
    """An input cannot be used; the message says which one, what was expected and what to do."""
