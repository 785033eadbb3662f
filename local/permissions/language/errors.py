"""What is wrong with a policy document."""

from __future__ import annotations


class PolicyError(ValueError):
    """A document says something that nobody here understands.

    Nothing is skipped: a statement that is not understood could allow or deny anything.
    """
