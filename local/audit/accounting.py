"""Compares the records that were sent with the rows of the lake. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from local.audit.lake_rows import LakeRow
from local.audit.sent_records import DUPLICATE, VALID, SentRecord, Trace

_MOST_SENTENCES = 20


@dataclass
class Account:
    """Counts of what became of the records.

    Attributes:
        sent: Records on the stream.
        valid: Events that are valid rows of the lake, exactly once.
        quarantined: Records in quarantine for the expected reason, by reason.
        duplicates: Records that are further copies of an event in the lake.
        lost: Records without a row in the lake.
        doubled: Rows beyond the first one of a record.
        unexpected_rows: Rows with another verdict than expected, or of a record that was not sent.
        sentences: The first problems.
    """

    sent: int = 0
    valid: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    lost: int = 0
    doubled: int = 0
    unexpected_rows: int = 0
    sentences: list[str] = field(default_factory=list)

    @property
    def accounted(self) -> int:
        """Records of which became what was expected."""
        return self.valid + sum(self.quarantined.values()) + self.duplicates

    @property
    def is_even(self) -> bool:
        """Whether every record is accounted for and nothing else is in the lake."""
        wrong = self.lost or self.doubled or self.unexpected_rows
        return not wrong and self.accounted == self.sent

    def complain(self, sentence: str) -> None:
        """Adds a sentence, up to a limit."""
        if len(self.sentences) < _MOST_SENTENCES:
            self.sentences.append(sentence)


def account(sent: Sequence[SentRecord], rows: Iterable[LakeRow]) -> Account:
    """Accounts for every record.

    An event that was sent several times with the same label is in the lake once, as any of its
    copies. The other copies count as duplicates because they were sent as such.
    """
    result = Account(sent=len(sent))
    by_record: dict[Trace, list[LakeRow]] = defaultdict(list)
    for row in rows:
        by_record[row.record].append(row)

    def taken(record: SentRecord) -> list[LakeRow]:
        return [row for trace in record.traces for row in by_record.pop(trace, [])]

    copies: dict[tuple[tuple[str, ...], str | None], list[SentRecord]] = defaultdict(list)
    for record in sent:
        if record.expected in (VALID, DUPLICATE):
            copies[(record.identity, record.label)].append(record)
        else:
            _account_for_quarantined(result, record, taken(record))
    for records in copies.values():
        of_event = [row for record in records for row in taken(record)]
        _account_for_event(result, records, of_event)
    for (_, name, sequence_number), left in by_record.items():
        result.unexpected_rows += len(left)
        whose = ", ".join(map(str, name))
        result.complain(
            f"The lake holds record {sequence_number} of {whose}, which was never sent."
        )
    return result


def _account_for_quarantined(result: Account, record: SentRecord, rows: Sequence[LakeRow]) -> None:
    name = f"Record {record.sequence_number} (event {_named(record)})"
    right = [row for row in rows if row.status == "quarantined" and row.verdict == record.verdict]
    wrong = len(rows) - len(right)
    if wrong:
        result.unexpected_rows += wrong
        found = ", ".join(sorted({row.verdict for row in rows}))
        result.complain(f"{name} should be quarantined as {record.verdict}, but is {found}.")
    if right:
        result.quarantined[record.expected] += 1
        if len(right) > 1:
            result.doubled += len(right) - 1
            result.complain(f"{name} is in quarantine {len(right)} times.")
    elif not wrong:
        result.lost += 1
        result.complain(f"{name} should be quarantined as {record.verdict}, but is lost.")


def _account_for_event(
    result: Account, records: Sequence[SentRecord], rows: Sequence[LakeRow]
) -> None:
    name = f"Event {_named(records[0])} (record {records[0].sequence_number})"
    originals = sum(record.expected == VALID for record in records)
    if originals != 1:
        result.complain(f"{name} is {originals} times in the manifest as valid; expected once.")
        result.unexpected_rows += 1
    right = [row for row in rows if row.status == "valid"]
    wrong = len(rows) - len(right)
    if wrong:
        result.unexpected_rows += wrong
        found = ", ".join(sorted({row.verdict for row in rows}))
        result.complain(f"{name} should be valid, but is {found}.")
    if right:
        result.valid += 1
        result.duplicates += len(records) - 1
        if len(right) > 1:
            result.doubled += len(right) - 1
            result.complain(f"{name} is in the lake {len(right)} times.")
    elif not wrong:
        result.lost += len(records)
        result.complain(f"{name} should be valid, but is lost.")


def _named(record: SentRecord) -> str:
    return ", ".join(record.identity)
