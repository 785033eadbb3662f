"""One Spark session for all tests of this folder, with the job's own settings."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws
from pyspark import SparkContext
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F
from streaming_ml.arguments import RANGES_SOURCE
from streaming_ml.contract import EventContract
from streaming_ml.reading import read_event, use_contract
from streaming_ml.secret_key_columns import secret_key_row, with_secret_keys
from streaming_ml.session import DEFAULT_SETTINGS, streaming_settings

from tests.python.spark.event_contracts import SENTIMENT
from tests.python.spark.kinesis_query import Stream
from tests.python.spark.shortcuts import shortcuts
from tests.python.streaming_run.job_process import JAVA_CLASS_PATH, JAVA_TESTS
from tests.python.streaming_run.service import Service

BATCH_TIME = datetime.datetime(2026, 11, 24, 12, 0, 0)
ARRIVAL_TIME = datetime.datetime(2026, 11, 24, 11, 59, 58)

HASH_KEY = b"k" * 32
QUARANTINE_KEY = bytes(range(32))

Records = Callable[..., DataFrame]
ReadEvents = Callable[..., list[Row]]
Sessions = Callable[[EventContract], SparkSession]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Py4J leaves the sockets of collected results to the garbage collector."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(scope="session")
def event_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder in which Spark writes the session's event log."""
    return tmp_path_factory.mktemp("event-log")


@pytest.fixture(scope="session")
def spark(event_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session on one core of this machine."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master("local[1]").appName("tests")
    settings = {
        **DEFAULT_SETTINGS,
        **streaming_settings(RANGES_SOURCE),
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.extraClassPath": os.pathsep.join((JAVA_CLASS_PATH, str(JAVA_TESTS))),
        "spark.hadoop.fs.file.impl": "streamingml.files.QuickFiles",
        "spark.hadoop.fs.AbstractFileSystem.file.impl": "streamingml.files.QuickFileContext",
        "spark.ui.enabled": "false",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": event_log.as_uri(),
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    with shortcuts():
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        use_contract(session, SENTIMENT)
        yield session
        session.stop()
    wait_for_virtual_machine()


def wait_for_virtual_machine() -> None:
    """Waits for the end of Spark's process, whose usage is only counted after a wait."""
    gateway: Any = SparkContext._gateway
    # Spark ends when its standard input is closed.
    gateway.proc.stdin.close()
    gateway.proc.wait()


@pytest.fixture(autouse=True)
def kept_shuffles(request: pytest.FixtureRequest) -> Iterator[None]:
    """Restores the number of shuffle partitions, which a batch job sets in the shared session."""
    if "spark" not in request.fixturenames:
        yield
        return
    session: SparkSession = request.getfixturevalue("spark")
    partitions = session.conf.get("spark.sql.shuffle.partitions")
    yield
    session.conf.set("spark.sql.shuffle.partitions", str(partitions))


@pytest.fixture(scope="session")
def kinesis_url(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an emulated Kinesis is, with credentials for it in Spark's virtual machine."""
    properties = spark.sparkContext._jvm.java.lang.System  # type: ignore[union-attr]
    credentials = {"aws.accessKeyId": "test", "aws.secretAccessKey": "test"}
    service = Service("local.emulator", tmp_path_factory.mktemp("kinesis") / "log")
    for name, value in credentials.items():
        properties.setProperty(name, value)
    yield service.url
    for name in credentials:
        properties.clearProperty(name)
    service.stop()


@pytest.fixture
def stream(kinesis_url: str, request: pytest.FixtureRequest) -> Stream:
    """A stream of two shards that the test has for itself."""
    # A test with parameters has brackets in its name, and a stream may not.
    return Stream(kinesis_url, request.node.name.replace("[", "-").rstrip("]"))


def post(**changes: Any) -> dict[str, Any]:
    """A valid post with `changes`."""
    return {
        "event_id": "e-1",
        "user_id": "u-1",
        "text": "hello world",
        "created_at": "2026-11-24T10:00:00Z",
        **changes,
    }


def verdict(event: Row | dict[str, Any]) -> str | None:
    """Why a record is refused, and where: `too_long at text`; None where it is valid."""
    reason, field = event["reason"], event["reason_field"]
    return reason if field is None else f"{reason} at {field}"


def compact(**changes: Any) -> bytes:
    """A post as most producers write it."""
    return json.dumps(post(**changes), separators=(",", ":"), ensure_ascii=False).encode()


def spaced(**changes: Any) -> bytes:
    """The same with a space after each colon and comma."""
    return json.dumps(post(**changes)).encode()


@pytest.fixture
def sessions(spark: SparkSession) -> Sessions:
    """Sessions by what their functions take for an event; that of the posts is `spark`."""
    others: dict[str, SparkSession] = {}

    def session_of(contract: EventContract) -> SparkSession:
        if contract is SENTIMENT:
            return spark
        if contract.text not in others:
            others[contract.text] = spark.newSession()
            use_contract(others[contract.text], contract)
        return others[contract.text]

    return session_of


@pytest.fixture
def records(sessions: Sessions) -> Records:
    """Turns byte strings into records as the job sees them; sequence numbers count from 1."""

    def build(*data: bytes | None, contract: EventContract = SENTIMENT) -> DataFrame:
        rows = [
            (
                None if one is None else bytearray(one),
                f"key-{number}",
                str(number),
                ARRIVAL_TIME,
                BATCH_TIME,
            )
            for number, one in enumerate(data, start=1)
        ]
        return sessions(contract).createDataFrame(
            rows,
            "data binary, partition_key string, sequence_number string, "
            "arrival_time timestamp, batch_time timestamp",
        )

    return build


@pytest.fixture
def read_events(sessions: Sessions, records: Records) -> ReadEvents:
    """Reads byte strings as the job does; returns the struct of each, in order."""

    def read(
        *data: bytes | None, hash_key: bytes = HASH_KEY, contract: EventContract = SENTIMENT
    ) -> list[Row]:
        keys = secret_key_row(sessions(contract), hash_key, QUARANTINE_KEY)
        keyed = with_secret_keys(records(*data, contract=contract), keys)
        rows = keyed.select(F.col("sequence_number").cast("int"), read_event()).collect()
        return [event for _, event in sorted(rows, key=lambda row: int(row[0]))]

    return read


@pytest.fixture
def mocked_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS as moto plays it in this process, with credentials that open nothing else."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield
