"""The manifest of the records that were put on the stream: one JSON line for each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from local.audit.identities import LakeIdentities

VALID = "valid"
DUPLICATE = "duplicate"

# Status, identity or partition key, sequence number.
Trace = tuple[str, tuple[str | None, ...], str]


@dataclass(frozen=True)
class SentRecord:
    """A record that was put on the stream.

    Attributes:
        partition_key: Its Kinesis partition key.
        sequence_number: Its sequence number; unique for a partition key within a shard.
        identity: As it is in the lake, also if the record is not valid.
        expected: `valid`, `duplicate` (a later sending of an event), or a quarantine reason.
        reason_field: Path of the field with the error, if it is one of a field.
        label: Label of the event; None if it has none.
    """

    partition_key: str
    sequence_number: str
    identity: tuple[str, ...]
    expected: str
    reason_field: str | None = None
    label: str | None = None

    @property
    def verdict(self) -> str:
        """The verdict that it must have in quarantine."""
        return verdict(self.expected, self.reason_field)

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """What identifies its row in the lake, if that is valid, and if it is in quarantine.

        A partition key is usually what pseudonyms hide, so no valid row has it.
        """
        return (
            ("valid", self.identity, self.sequence_number),
            ("quarantined", (self.partition_key,), self.sequence_number),
        )


def verdict(reason: str, field: str | None) -> str:
    """A reason with its field: `too_long at device.name`."""
    return reason if field is None else f"{reason} at {field}"


def read_sent_records(path: Path, identities: LakeIdentities) -> list[SentRecord]:
    """Reads the manifest.

    Args:
        path: The manifest.
        identities: Convert an identity that was sent to that in the lake.

    Raises:
        ValueError: A line is not valid; the message names it.
    """
    records = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                content = json.loads(line)
                records.append(
                    SentRecord(
                        str(content["partitionKey"]),
                        str(content["sequenceNumber"]),
                        identities.of_sent([str(text) for text in content["identity"]]),
                        str(content["expected"]),
                        content.get("reasonField"),
                        content.get("label"),
                    )
                )
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(
                    f"Line {number} of {path} is not a sent record: expected partitionKey, "
                    f"sequenceNumber, identity and expected, received {line.strip()[:200]}"
                ) from error
    return records
