"""The event contract, read from `contracts/event.schema.json`; Spark's schema derives from it."""

from __future__ import annotations

import json
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql.types import StringType, StructField, StructType

CORRUPT_RECORD_COLUMN = "_corrupt_record"

# Every rule below names these, because each has a quarantine reason of its own.
TEXT_FIELD = "text"
CREATED_AT_FIELD = "created_at"
LABEL_FIELD = "label"


class ContractError(Exception):
    """The contract says something the job cannot hold a record to."""


@dataclass(frozen=True)
class EventField:
    """One property of an event; all of them are JSON strings.

    Attributes:
        name: Property name, and column name in the lake.
        required: Absent or null sends the record to quarantine.
        minimum_length: Fewest characters.
        maximum_length: Most characters, None where the contract sets no limit.
        allowed: The only values, empty where any is allowed.
    """

    name: str
    required: bool
    minimum_length: int
    maximum_length: int | None
    allowed: tuple[str, ...]


@dataclass(frozen=True)
class EventContract:
    """What a record must look like to be valid.

    Attributes:
        fields: In the order of the contract.
        maximum_record_bytes: Most bytes of one record.
    """

    fields: tuple[EventField, ...]
    maximum_record_bytes: int

    def field(self, name: str) -> EventField:
        """Returns the field called `name`.

        Raises:
            ContractError: The contract has no such field.
        """
        for field in self.fields:
            if field.name == name:
                return field
        names = ", ".join(field.name for field in self.fields)
        raise ContractError(f"The event contract has no field {name}. It has {names}.")

    def spark_schema(self) -> StructType:
        """Schema for `from_json`: the fields, and the column for what would not parse."""
        names = [field.name for field in self.fields]
        return StructType(
            [StructField(name, StringType()) for name in [*names, CORRUPT_RECORD_COLUMN]]
        )


def read_contract(name: str) -> Any:
    """Reads a contract: from the archive the cluster gets, else from the repository.

    Args:
        name: File name, for example `event.schema.json`.

    Raises:
        ContractError: Neither place holds it.
    """
    try:
        packaged = pkgutil.get_data("streaming_ml", f"contracts/{name}")
    except OSError:
        packaged = None
    if packaged is not None:
        return json.loads(packaged)
    in_repository = Path(__file__).resolve().parents[2] / "contracts" / name
    if not in_repository.is_file():
        raise ContractError(
            f"The contract {name} is neither in the code archive (streaming_ml/contracts) "
            f"nor at {in_repository}. Build the archive with the contracts folder in it."
        )
    return json.loads(in_repository.read_text(encoding="utf-8"))


def load_event_contract() -> EventContract:
    """Returns the contract of `event.schema.json`."""
    return parse_event_contract(read_contract("event.schema.json"))


def load_quarantine_reasons() -> tuple[str, ...]:
    """Returns every reason a record may be quarantined for, in the order of the contract."""
    return tuple(read_contract("quarantine-reasons.json"))


def parse_event_contract(schema: dict[str, Any]) -> EventContract:
    """Turns the JSON schema of an event into an `EventContract`.

    Raises:
        ContractError: Some property is not a string, or a field the job needs is absent.
    """
    required = set(schema.get("required", []))
    fields = []
    problems = []
    for name, property_schema in schema["properties"].items():
        allowed = tuple(value for value in property_schema.get("enum", []) if value is not None)
        types = property_schema.get("type", "string" if allowed else None)
        if types not in ("string", ["string", "null"]):
            problems.append(f"{name} has the type {json.dumps(types)}, expected string")
        fields.append(
            EventField(
                name=name,
                required=name in required,
                minimum_length=property_schema.get("minLength", 0),
                maximum_length=property_schema.get("maxLength"),
                allowed=allowed,
            )
        )
    missing = {"event_id", "user_id", TEXT_FIELD, CREATED_AT_FIELD, LABEL_FIELD} - {
        field.name for field in fields
    }
    problems.extend(f"{name} is absent" for name in sorted(missing))
    if problems:
        raise ContractError("The event contract does not fit this job: " + "; ".join(problems))
    return EventContract(tuple(fields), int(schema["$defs"]["record"]["maxLength"]))
