"""The error a user of the training code can act on."""

from __future__ import annotations


class InputError(Exception):
    """An input cannot be used; the message says which, what was expected and what to do."""
