"""Calls that nobody has said the permissions of."""

from __future__ import annotations


class UnknownCall(LookupError):
    """A role made a call that no table here knows, so nobody can say whether AWS allows it."""

    def __init__(self, call: str, where: str) -> None:
        """Names the call and the file that should know it."""
        super().__init__(
            f"Nobody has said which permissions {call} needs. Add it, from the Service "
            f"Authorization Reference, in local/permissions/calls/{where}."
        )
