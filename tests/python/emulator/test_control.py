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
from local.streaming_run.emulator import Emulator
from tests.python.emulator.conftest import BEGINNING
from tests.python.emulator.stream import Stream


def ask(server: EmulatorServer, values: Any = None) -> dict[str, Any]:
    """Returns what the emulator says of itself, after a change when there are values."""
    body = None if values is None else json.dumps(values).encode()
    with urllib.request.urlopen(urllib.request.Request(server.url + CONTROL_PATH, body)) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_changes_options_one_by_one_and_moves_the_clock(
    server: EmulatorServer, stream: Stream
) -> None:
    assert ask(server, {"emptyPages": 2, "advanceSeconds": 3600})["options"]["emptyPages"] == 2
    found = ask(server, {"throttleOneOf": 4, "advanceSeconds": 20})
    options = Options(read_call_limits=False, empty_pages=2, throttle_one_of=4)
    assert found["options"] == json.loads(json.dumps(options.to_json()))
    assert found["clockOffsetSeconds"] == 3620
    assert found["now"] == (BEGINNING + 3620) * 1000
    assert ask(server, {"clockOffsetSeconds": -600})["now"] == (BEGINNING - 600) * 1000


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"emptyPage": 1}, "no option 'emptyPage'. Expected one of arrivalJitterSeconds, "),
        ({"emptyPages": True}, "emptyPages must be a whole number from 0 on. Received: True."),
        ({"emptyPages": -1}, "emptyPages must be a whole number from 0 on. Received: -1."),
        ({"writeLimits": 1}, "writeLimits must be true or false. Received: 1."),
        ({"deniedActions": "GetRecords"}, "deniedActions must be a list of names. Received: 'Get"),
        ({"advanceSeconds": "1"}, "advanceSeconds must be a number of seconds. Received: '1'."),
        ([], "Expected a JSON object of options."),
    ],
)
def test_refuses_what_it_does_not_know_and_changes_nothing(
    server: EmulatorServer, stream: Stream, values: Any, reason: str
) -> None:
    before = ask(server)
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, {**values, "seed": 5} if isinstance(values, dict) else values)
    with caught.value as error:
        assert reason in json.load(error)["message"]
    assert ask(server) == before


def test_counts_what_was_asked_of_each_shard(server: EmulatorServer, stream: Stream) -> None:
    before = ask(server)["calls"].get("GetRecords", 0)
    stream.put("low-1", "low-22")
    iterator = stream.iterator()
    stream.page(iterator)
    stream.page(iterator)
    found = ask(server)
    assert found["calls"]["GetRecords"] == before + 2
    assert found["streams"]["s"]["shardId-000000000000"] == {
        "getShardIterator": 1,
        "getRecords": 2,
        "throttled": 0,
        "recordsRead": 4,
        "bytesRead": 2 * 2 * len("low-1" + "low-22"),
    }


def test_dates_its_answers_by_the_clock_that_was_moved(stream: Stream) -> None:
    stream.change(advanceSeconds=20 * 3600)
    headers = stream.client.list_shards(StreamName="s")["ResponseMetadata"]["HTTPHeaders"]
    assert parsedate_to_datetime(headers["date"]).timestamp() == BEGINNING + 20 * 3600


def test_takes_options_from_arguments_and_environment() -> None:
    def refusal(arguments: list[str], environment: dict[str, str]) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", "local.emulator", "--exit-with-parent", *arguments],
            env=environment,
            # Whoever accepts the options ends at once, too, because its parent's pipe is closed.
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 2
        return ended.stderr

    assert "cannot be used. Expected a JSON object" in refusal(["--options", "[]"], {})
    assert "no option 'y'" in refusal([], {"STREAMING_ML_EMULATOR": '{"y": 1}'})


def test_a_streaming_run_begins_with_options_and_changes_them(tmp_path: Path) -> None:
    with Emulator(tmp_path / "emulator.log", options={"emptyPages": 3}) as emulator:
        found = emulator.change(advanceSeconds=60, seed=9)
    assert (found["options"]["emptyPages"], found["options"]["seed"]) == (3, 9)
    assert found["clockOffsetSeconds"] == 60
