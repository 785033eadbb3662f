"""Prints, as one JSON object, what became of the records that were sent.

Its status is 1 if one of them is lost, doubled or in quarantine for another reason than expected.

Usage: python -m local.audit --sent sent.jsonl --events-uri s3a://LAKE/events
    --contract contract.json --quarantine-key-secret ARN [--metrics metrics.jsonl ...]
    [--hash-key-secret ARN]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3

from local.audit.accounting import Account, account
from local.audit.freshness import freshness_of, percentiles, read_commit_times
from local.audit.identities import LakeIdentities
from local.audit.lake_rows import read_lake
from local.audit.quarantine import QuarantineKeys
from local.audit.sent_records import read_sent_records
from local.events.contracts import parse_contract, read_hash_key


def main(arguments: Sequence[str] | None = None) -> int:
    """Audits the lake; returns 0 when every record is accounted for."""
    parser = argparse.ArgumentParser(prog="python -m local.audit", description=__doc__)
    parser.add_argument("--sent", type=Path, required=True, help="manifest of the sent records")
    parser.add_argument("--events-uri", required=True, help="root of the events in the lake")
    parser.add_argument("--contract", type=Path, required=True, help="compiled, of the events")
    parser.add_argument("--quarantine-key-secret", required=True, help="ARN of the secret")
    parser.add_argument(
        "--hash-key-secret", help="ARN of the secret, where an identity is a pseudonym"
    )
    parser.add_argument("--metrics", type=Path, action="append", default=[], help="may be repeated")
    options = parser.parse_args(arguments)

    contract = parse_contract(options.contract.read_text(), str(options.contract))
    secrets = boto3.client("secretsmanager")
    hash_key = options.hash_key_secret and read_hash_key(secrets, options.hash_key_secret)
    identities = LakeIdentities(contract, hash_key)
    keys = QuarantineKeys(secrets, options.quarantine_key_secret)
    rows = list(read_lake(boto3.client("s3"), options.events_uri, keys, identities))
    result = account(read_sent_records(options.sent, identities), rows)
    freshness = percentiles(freshness_of(rows, read_commit_times(options.metrics)))
    print(json.dumps(report(result, freshness)))
    if not result.is_even:
        print(complaint(result), file=sys.stderr)
        return 1
    return 0


def report(result: Account, freshness: dict[str, float] | None) -> dict[str, Any]:
    """Returns the audit's JSON object."""
    return {
        "sent": result.sent,
        "valid": result.valid,
        "quarantined": dict(sorted(result.quarantined.items())),
        "duplicates": result.duplicates,
        "lost": result.lost,
        "doubled": result.doubled,
        "unexpected": result.sentences,
        "freshnessSeconds": freshness,
    }


def complaint(result: Account) -> str:
    """Returns the message if not every record is accounted for."""
    details = "\n".join(f"  {sentence}" for sentence in result.sentences)
    return (
        f"Of {result.sent} records {result.accounted} are accounted for; {result.lost} are lost, "
        f"{result.doubled} doubled, {result.unexpected_rows} other than expected:\n{details}"
    )


if __name__ == "__main__":
    sys.exit(main())
