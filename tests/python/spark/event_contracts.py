"""Event contracts for tests: the posts', and any other, compiled as a deployment does it."""

from __future__ import annotations

import functools
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streaming_ml.contract import EventContract, parse_contract

REPOSITORY = Path(__file__).parents[3]

SENTIMENT_FILE = REPOSITORY / ".local" / "contracts" / "sentiment.json"
SENTIMENT = parse_contract(SENTIMENT_FILE.read_text(), str(SENTIMENT_FILE))


def compiled(workload: str, properties: Mapping[str, Any], *required: str) -> EventContract:
    """Compiles the contract of events.

    Args:
        workload: Name of the folder that the schema would be in.
        properties: As in the schema; `{"type": "object"}` and the like are left to the caller.
        required: Names of the fields that are required.
    """
    return compiled_schema(workload, json.dumps(schema_of(properties, *required)))


def schema_of(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    """The schema of such events."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of a test",
        "type": "object",
        "required": list(required),
        "properties": dict(properties),
    }


@functools.cache
def compiled_schema(workload: str, schema: str) -> EventContract:
    """Compiles a schema, JSON; once for all tests."""
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        file = Path(folder) / workload / "event.schema.json"
        file.parent.mkdir()
        file.write_text(schema)
        command = ["node", "-r", "tsx/cjs", "contracts/event/main.ts", str(file)]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return parse_contract(done.stdout, workload)
