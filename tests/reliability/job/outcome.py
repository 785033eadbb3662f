"""What a drill found, in the words of `tools/drill/drill.ts`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from local.audit.accounting import Account

Figures = dict[str, "int | float | str"]


@dataclass
class Outcome:
    """Figures and complaints of one drill.

    Attributes:
        figures: What was counted or measured, by what it is.
        complaints: One sentence for each thing that did not hold.
    """

    figures: Figures = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def expect(self, holds: bool, sentence: str) -> None:
        """Complains with `sentence` unless it holds."""
        if not holds:
            self.complaints.append(sentence)

    def add_account(self, account: Account) -> None:
        """Adds what became of the records; complains unless all are accounted for."""
        self.figures |= {
            "records sent": account.sent,
            "valid": account.valid,
            "quarantined": sum(account.quarantined.values()),
            "duplicates dropped": account.duplicates,
            "lost": account.lost,
            "doubled": account.doubled,
            "unexpected": account.unexpected_rows,
        }
        self.expect(account.sent > 0, "No record was sent, so nothing was proved.")
        self.expect(
            account.is_even,
            f"Of {account.sent} records {account.accounted} are accounted for; {account.lost} are "
            f"lost, {account.doubled} doubled, {account.unexpected_rows} other than expected: "
            + " ".join(account.sentences[:5]),
        )

    def as_json(self) -> str:
        """One line, as `make drill` reads it."""
        return json.dumps({"figures": self.figures, "complaints": self.complaints})
