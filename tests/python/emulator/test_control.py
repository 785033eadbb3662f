"""The request that moves the clock and changes options, and the same at the start."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from local.emulator.options import CONTROL_PATH, Options
from local.emulator.server import EmulatorServer
from tests.python.emulator.conftest import BEGINNING
from tests.python.emulator.stream import Stream
from tests.python.streaming_run.emulator import Emulator


def ask(server: EmulatorServer, values: Any = None) -> dict[str, Any]:
    """Returns the state of the emulator, after a change if there are values."""
    body = None if values is None else json.dumps(values).encode()
    with urllib.request.urlopen(urllib.request.Request(server.url + CONTROL_PATH, body)) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_changes_options_one_by_one_and_moves_the_clock(
    server: EmulatorServer, stream: Stream
) -> None:
    assert ask(server, {"readByteLimits": True, "advanceSeconds": 3600})["options"][
        "readByteLimits"
    ]
    found = ask(server, {"throttleOneOf": 4, "advanceSeconds": 20})
    options = Options(read_call_limits=False, read_byte_limits=True, throttle_one_of=4)
    assert found["options"] == json.loads(json.dumps(options.to_json()))
    assert found["clockOffsetSeconds"] == 3620
    assert found["now"] == (BEGINNING + 3620) * 1000
    assert ask(server, {"clockOffsetSeconds": -600})["now"] == (BEGINNING - 600) * 1000


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"throttle": 1}, "no option 'throttle'. Expected one of readByteLimits, "),
        (
            {"throttleOneOf": True},
            "must be a whole number of at least 0. Received: True.",
        ),
        (
            {"throttleOneOf": -1},
            "must be a whole number of at least 0. Received: -1.",
        ),
        ({"readByteLimits": 1}, "readByteLimits must be true or false. Received: 1."),
        ({"advanceSeconds": "1"}, "advanceSeconds must be a number of seconds. Received: '1'."),
        ([], "Expected a JSON object of options."),
    ],
)
def test_refuses_what_it_does_not_know_and_changes_nothing(
    server: EmulatorServer, stream: Stream, values: Any, reason: str
) -> None:
    before = ask(server)
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, {**values, "readCallLimits": True} if isinstance(values, dict) else values)
    with caught.value as error:
        assert reason in json.load(error)["message"]
    assert ask(server) == before


def test_counts_the_calls_of_each_shard(server: EmulatorServer, stream: Stream) -> None:
    stream.put("low-1", "low-22")
    iterator = stream.iterator()
    stream.page(iterator)
    stream.page(iterator)
    found = ask(server)
    assert found["streams"]["s"]["shardId-000000000000"] == {
        "getShardIterator": 1,
        "getRecords": 2,
        "throttled": 0,
        "recordsRead": 4,
        "bytesRead": 2 * 2 * len("low-1" + "low-22"),
    }


def test_dates_its_answers_by_its_own_clock(stream: Stream) -> None:
    stream.change(advanceSeconds=20 * 3600)
    headers = stream.client.list_shards(StreamName="s")["ResponseMetadata"]["HTTPHeaders"]
    assert parsedate_to_datetime(headers["date"]).timestamp() == BEGINNING + 20 * 3600


def test_takes_options_from_its_arguments() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "local.emulator", "--exit-with-parent", "--options", "[]"],
        # With valid options it would end immediately, too, because its standard input is closed.
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert "cannot be used. Expected a JSON object" in ended.stderr


def test_a_streaming_run_begins_with_options_and_changes_them(tmp_path: Path) -> None:
    with Emulator(tmp_path / "emulator.log", options={"throttleOneOf": 3}) as emulator:
        found = emulator.change(advanceSeconds=60, readByteLimits=True)
    assert (found["options"]["throttleOneOf"], found["options"]["readByteLimits"]) == (3, True)
    assert found["clockOffsetSeconds"] == 60
