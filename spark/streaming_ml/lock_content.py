"""The content of a lock object, as `contracts/job-lock.schema.json` describes it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from streaming_ml.driver_process import DriverProcess
from streaming_ml.shared_contract import load_shared_contract
from streaming_ml.timestamps import format_time

_SCHEMA = load_shared_contract("job-lock.schema.json")

_JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "null": (type(None),),
}

HELD_STATES = ("starting", "running")


@dataclass(frozen=True)
class LockState:
    """What a lock says, in the words of the schema, except its heartbeat."""

    owner: str
    applicationId: str  # noqa: N815
    specHash: str  # noqa: N815
    state: str
    batchId: int | None = None  # noqa: N815
    completedTriggers: int = 0  # noqa: N815
    reason: str | None = None
    driver: DriverProcess | None = None
    behindSeconds: float | None = None  # noqa: N815
    behindShard: str | None = None  # noqa: N815


def lock_body(state: LockState) -> bytes:
    """Returns the lock with a heartbeat of this moment.

    A value of None is left out where the schema allows no null.
    """
    content = {
        name: value
        for name, value in asdict(state).items()
        if value is not None or type(None) in _types(_SCHEMA["properties"][name])
    }
    heartbeat = format_time(datetime.datetime.now(datetime.UTC))
    return json.dumps({**content, "heartbeat": heartbeat}).encode()


def parse_lock(body: bytes) -> LockState:
    """Reads a lock: what it names may be killed, so it must be exactly what the schema says.

    Raises:
        ValueError: It is not; the message says where.
    """
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("expected an object")
    _check(content, _SCHEMA)
    del content["heartbeat"]
    driver = content.pop("driver", None)
    if driver is None:
        return LockState(**content)
    _check(driver, _SCHEMA["properties"]["driver"])
    return LockState(**content, driver=DriverProcess(**driver))


def _check(content: Mapping[str, object], schema: Mapping[str, Any]) -> None:
    properties = schema["properties"]
    missing = sorted(set(schema["required"]) - set(content))
    unknown = sorted(set(content) - set(properties))
    if missing or unknown:
        raise ValueError(f"missing {missing}, unknown {unknown}")
    for name, value in content.items():
        # True is an int in Python, and not a number in JSON.
        if isinstance(value, bool) or not isinstance(value, _types(properties[name])):
            raise ValueError(f"{name} is of the type {type(value).__name__}")
        if value not in properties[name].get("enum", [value]):
            raise ValueError(f"the {name} {value!r} is unknown")


def _types(schema: Mapping[str, Any]) -> tuple[type, ...]:
    names = schema.get("type", "string")
    names = [names] if isinstance(names, str) else names
    return tuple(one for name in names for one in _JSON_TYPES[name])
