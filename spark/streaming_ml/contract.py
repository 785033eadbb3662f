"""The event contract: the compiled schema of a workload's events, which all jobs read.

The Java function that reads records parses the same text: `streamingml.events.EventContract`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from streaming_ml.storage import Storage

FORMAT_VERSION = 1

FieldType = Literal["string", "date-time", "integer", "number", "boolean"]
Use = Literal["identity", "pseudonym", "mask", "event-time", "label", "slice"]


class ContractError(Exception):
    """The event contract is missing, or in a format that this job cannot read."""


@dataclass(frozen=True)
class EventField:
    """One field of an event: a scalar, or an array of scalars.

    Attributes:
        path: Names of the JSON objects around it, then its own name.
        name: The path joined by `_`.
        column: Its column in the lake; differs from `name` for pseudonyms only.
        type: Type of its value, or of each item of an array.
        required: Whether an event without it is refused, if the object around it is present.
        uses: What the pipeline uses it for.
        minimum_items: Minimum items of an array; None for other types.
        maximum_items: Maximum items of an array; None for other types.
        minimum_length: Minimum characters of a string; None for other types.
        maximum_length: Maximum characters of a string; None: only the record's size limits it.
        minimum: Smallest number; None: no limit.
        maximum: Largest number; None: no limit.
        allowed: The only strings that are accepted; None: any string.
    """

    path: tuple[str, ...]
    name: str
    column: str
    type: FieldType
    required: bool
    uses: frozenset[Use] = frozenset()
    minimum_items: int | None = None
    maximum_items: int | None = None
    minimum_length: int | None = None
    maximum_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] | None = None

    @property
    def is_array(self) -> bool:
        """Whether its value is an array."""
        return self.maximum_items is not None


@dataclass(frozen=True)
class EventObject:
    """An object inside an event. If it is absent or null, all its fields are null."""

    path: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class EventLabel:
    """The label: a judgement that people add to an event.

    Attributes:
        name: Name of the field and of its column.
        values: Its possible values in the schema's order; for a boolean `false`, then `true`.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class LakeColumn:
    """A column of the lake, with its type as Hive names it."""

    name: str
    type: str


@dataclass(frozen=True)
class EventContract:
    """What the pipeline knows about an event.

    Attributes:
        text: The compiled text, for the function that reads the records.
        workload: Name of the workload.
        maximum_record_bytes: Maximum size of one record.
        fields: In the schema's order; fields of an object are at the position of the object.
        objects: The objects around fields, outer ones first.
        identity: Names of the fields that identify an event.
        event_time: Name of the field with the event's time; None without one.
        label: The label; None without one.
        columns: All columns of the lake: one per field, then the job's own.
    """

    text: str
    workload: str
    maximum_record_bytes: int
    fields: tuple[EventField, ...]
    objects: tuple[EventObject, ...]
    identity: tuple[str, ...]
    event_time: str | None
    label: EventLabel | None
    columns: tuple[LakeColumn, ...]

    @property
    def identity_fields(self) -> tuple[EventField, ...]:
        """The fields that `identity` names, in its order."""
        by_name = {field.name: field for field in self.fields}
        return tuple(by_name[name] for name in self.identity)


def load_contract(storage: Storage, uri: str) -> EventContract:
    """Reads the compiled contract.

    Args:
        storage: Has its object.
        uri: Address of the object.

    Raises:
        ContractError: There is none at `uri`, or this job cannot read it.
    """
    stored = storage.read(uri)
    if stored is None:
        raise ContractError(
            f"There is no event contract at {uri}, which --contract names. `pulumi up` puts it "
            "there, next to the code of the job."
        )
    return parse_contract(stored.body.decode(), uri)


def parse_contract(text: str, source: str) -> EventContract:
    """Parses the text of a compiled contract.

    Args:
        text: JSON in format version `FORMAT_VERSION`.
        source: Where it was read from, for messages.

    Raises:
        ContractError: It is not such a text.
    """
    try:
        content = json.loads(text)
        version = content["version"]
        if version == FORMAT_VERSION:
            return _contract(text, content)
    except (ValueError, KeyError, TypeError) as error:
        raise ContractError(
            f"{source} is not a compiled event contract: {type(error).__name__}: {error}. It is "
            "written by the compiler in contracts/event, never by hand."
        ) from error
    raise ContractError(
        f"The event contract {source} has the format version {version}, and this job reads "
        f"version {FORMAT_VERSION}: deploy the job and its contract from the same program."
    )


def _contract(text: str, content: Mapping[str, Any]) -> EventContract:
    label = content["label"]
    return EventContract(
        text=text,
        workload=content["workload"],
        maximum_record_bytes=content["maximumRecordBytes"],
        fields=tuple(_field(one) for one in content["fields"]),
        objects=tuple(
            EventObject(tuple(one["path"]), one["required"]) for one in content["objects"]
        ),
        identity=tuple(content["identity"]),
        event_time=content["eventTime"],
        label=None if label is None else EventLabel(label["name"], tuple(label["values"])),
        columns=tuple(LakeColumn(one["name"], one["type"]) for one in content["columns"]),
    )


def _field(content: Mapping[str, Any]) -> EventField:
    allowed = content.get("allowed")
    maximum_items = content.get("maximumItems")
    return EventField(
        path=tuple(content["path"]),
        name=content["name"],
        column=content["column"],
        type=content["type"],
        required=content["required"],
        uses=frozenset(content["uses"]),
        minimum_items=None if maximum_items is None else content.get("minimumItems", 0),
        maximum_items=maximum_items,
        minimum_length=content.get("minimumLength"),
        maximum_length=content.get("maximumLength"),
        minimum=content.get("minimum"),
        maximum=content.get("maximum"),
        allowed=None if allowed is None else tuple(allowed),
    )
