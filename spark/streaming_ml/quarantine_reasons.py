"""Why a record may be refused: `contracts/quarantine-reasons.json`."""

from __future__ import annotations

from streaming_ml.shared_contract import load_shared_contract


def load_quarantine_reasons() -> tuple[str, ...]:
    """Returns every reason, in the order of the file."""
    return tuple(load_shared_contract("quarantine-reasons.json"))
