"""The manifest of what was put on the stream: one JSON line per record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

VALID = "valid"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class SentRecord:
    """A record that the stream took.

    Attributes:
        partition_key: Decides the shard.
        sequence_number: Given by Kinesis; unique per partition key within a shard.
        event_id: The event's id, also where the record is broken.
        expected: `valid`, `duplicate` (a later sending of an event), or a quarantine reason.
        label: The event's label, None where it has none.
    """

    partition_key: str
    sequence_number: str
    event_id: str
    expected: str
    label: str | None

    @property
    def traces(self) -> tuple[tuple[str, str, str], ...]:
        """What its row in the lake is told by, were it valid or in quarantine.

        A partition key is usually the user id, so no valid row holds it.
        """
        return (
            ("valid", self.event_id, self.sequence_number),
            ("quarantined", self.partition_key, self.sequence_number),
        )


def read_sent_records(path: Path) -> list[SentRecord]:
    """Reads the manifest.

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
                        str(content["eventId"]),
                        str(content["expected"]),
                        content.get("label"),
                    )
                )
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(
                    f"Line {number} of {path} is no sent record: expected partitionKey, "
                    f"sequenceNumber, eventId and expected, received {line.strip()[:200]}"
                ) from error
    return records
