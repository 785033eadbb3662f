"""The manifest of what was put on the stream: one JSON line per record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from local.audit.identities import LakeIdentities

VALID = "valid"
DUPLICATE = "duplicate"

# Status, what tells it within that, sequence number.
Trace = tuple[str, tuple[str | None, ...], str]


@dataclass(frozen=True)
class SentRecord:
    """A record that the stream took.

    Attributes:
        partition_key: Decides the shard.
        sequence_number: Given by Kinesis; unique per partition key within a shard.
        identity: As the lake holds it, also where the record is broken.
        expected: `valid`, `duplicate` (a later sending of an event), or a quarantine reason.
        reason_field: Path of the field that is to blame for the reason; None where none is.
        label: The event's label, None where it has none.
    """

    partition_key: str
    sequence_number: str
    identity: tuple[str, ...]
    expected: str
    reason_field: str | None = None
    label: str | None = None

    @property
    def verdict(self) -> str:
        """What the quarantine must say of it."""
        return verdict(self.expected, self.reason_field)

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """What its row in the lake is told by, were it valid or in quarantine.

        A partition key is usually what the pseudonyms hide, so no valid row holds it.
        """
        return (
            ("valid", self.identity, self.sequence_number),
            ("quarantined", (self.partition_key,), self.sequence_number),
        )


def verdict(reason: str, field: str | None) -> str:
    """A reason with the field to blame: `too_long at device.name`."""
    return reason if field is None else f"{reason} at {field}"


def read_sent_records(path: Path, identities: LakeIdentities) -> list[SentRecord]:
    """Reads the manifest.

    Args:
        path: Of the manifest.
        identities: Tell what the lake makes of an identity that was sent.

    Raises:
        ValueError: A line is not what the manifest's writer promises; the line is named.
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
                    f"Line {number} of {path} is no sent record: expected partitionKey, "
                    f"sequenceNumber, identity and expected, received {line.strip()[:200]}"
                ) from error
    return records
