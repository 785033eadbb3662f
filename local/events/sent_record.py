"""A record that a producer sends, and what the job must do with it."""

from __future__ import annotations

from dataclasses import dataclass

from local.audit.sent_records import VALID


@dataclass(frozen=True)
class SentRecord:
    """A record, and what the job must do with it.

    Attributes:
        identity: Values that identify its event, even if the record is broken.
        partition_key: Kinesis partition key.
        data: The record's bytes.
        expected: `valid`, `duplicate`, or the reason of its quarantine.
        reason_field: Path of the field with the problem; None if the record is not refused, or is
            refused as a whole.
        label: Its label, if it has one.
    """

    identity: tuple[str, ...]
    partition_key: str
    data: bytes
    expected: str = VALID
    reason_field: str | None = None
    label: str | None = None
