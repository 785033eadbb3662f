"""The emulator in this process, with a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.kinesis.models import kinesis_backends

from local.emulator.clock import Clock
from local.emulator.control import change
from local.emulator.kinesis.request import Kinesis
from local.emulator.options import Options
from local.emulator.server import EmulatorServer
from tests.python.emulator.stream import Stream

BEGINNING = 1_800_000_000.0


class StandingTime:
    """Seconds since 1970 that only a test changes."""

    def __init__(self) -> None:
        self.seconds = BEGINNING

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(scope="session")
def kinesis() -> Kinesis:
    """Clock and options of the streams."""
    return Kinesis(clock=Clock(StandingTime()))


@pytest.fixture(scope="session")
def server(kinesis: Kinesis) -> Iterator[EmulatorServer]:
    """The emulator, listening."""
    server = EmulatorServer(kinesis)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def client(server: EmulatorServer) -> Any:
    """boto3's client of Kinesis, which retries nothing."""
    return boto3.client(
        "kinesis",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.fixture
def stream(kinesis: Kinesis, client: Any) -> Iterator[Stream]:
    """A new stream of one shard, without limits of calls."""
    kinesis.options = Options(read_call_limits=False)
    kinesis.clock.offset_seconds = 0
    kinesis.reads = 0
    client.create_stream(StreamName="s", ShardCount=1)
    yield Stream(client, lambda **values: change(kinesis, values))
    kinesis_backends.reset()
