"""The request by which drills and benchmarks move the clock and change how streams behave.

`GET /streaming-ml/emulator` answers with options, clock and counts. `POST` with a JSON object
changes the options that it names, moves the clock, and answers with the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

from moto.kinesis.models import kinesis_backends

from local.emulator.kinesis.request import Kinesis
from local.emulator.kinesis.streams import Stream
from local.emulator.options import CONTROL_PATH, camel_case
from local.emulator.wsgi import Application, Environment, StartResponse, read_body, send

_CLOCK = ("clockOffsetSeconds", "advanceSeconds")


def change(kinesis: Kinesis, values: Any) -> None:
    """Changes options and clock.

    Args:
        kinesis: The stand-in.
        values: An object of JSON with options by their names; beside them `clockOffsetSeconds`,
            how far the stream's time shall be ahead of this machine's, and `advanceSeconds`,
            which adds to it.

    Raises:
        ValueError: `values` is not an object, a name is unknown, or a value has the wrong type;
            nothing was changed.
    """
    if not isinstance(values, dict):
        raise ValueError(f"Expected a JSON object of options. Received: {values!r}.")
    for name in _CLOCK:
        value = values.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{name} must be a number of seconds. Received: {value!r}.")
    options = {name: value for name, value in values.items() if name not in _CLOCK}
    with kinesis.lock:
        kinesis.options = kinesis.options.changed(options)
        clock = kinesis.clock
        clock.offset_seconds = values.get("clockOffsetSeconds", clock.offset_seconds)
        clock.offset_seconds += values.get("advanceSeconds", 0)


def describe(kinesis: Kinesis) -> dict[str, Any]:
    """Returns options, clock, and for each shard the calls, records and bytes so far."""
    with kinesis.lock:
        return {
            "options": kinesis.options.to_json(),
            "clockOffsetSeconds": kinesis.clock.offset_seconds,
            "now": kinesis.clock.milliseconds(),
            "streams": {
                stream.stream_name: {
                    shard.shard_id: _activity(asdict(shard.activity))
                    for shard in stream.shards.values()
                }
                for stream in _streams()
            },
        }


def with_control(kinesis: Kinesis, others: Application) -> Application:
    """Returns an application that answers this request and passes all others on to `others`."""

    def answer(environment: Environment, start: StartResponse) -> Iterable[bytes]:
        if environment.get("PATH_INFO") != CONTROL_PATH:
            return others(environment, start)
        status, found = "200 OK", {}
        try:
            if environment["REQUEST_METHOD"] == "POST":
                change(kinesis, json.loads(read_body(environment)))
            found = describe(kinesis)
        except ValueError as error:
            status, found = "400 Bad Request", {"message": str(error)}
        return send(start, status, "application/json", json.dumps(found).encode())

    return answer


def _streams() -> list[Stream]:
    return [
        stream
        for account in list(kinesis_backends.values())
        for backend in list(account.values())
        for stream in cast(dict[str, Stream], backend.streams).values()
    ]


def _activity(counts: dict[str, int]) -> dict[str, int]:
    return {camel_case(name): count for name, count in counts.items()}
