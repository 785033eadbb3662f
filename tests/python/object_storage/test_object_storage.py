"""The S3 server as a process: what our code relies on, and that it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from streaming_ml.objects import ControlObject, ObjectChangedError

import local.object_storage.__main__ as object_storage
from tests.python.streaming_run.service import Service

Start = Callable[[], Service]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Service] = []

    def start() -> Service:
        service = Service(
            "local.object_storage",
            tmp_path / "log",
            arguments=("--directory", str(tmp_path / "storage")),
            environment={
                **os.environ,
                "AWS_ACCESS_KEY_ID": "local",
                "AWS_SECRET_ACCESS_KEY": "secret",
            },
        )
        started.append(service)
        return service

    yield start
    for service in started:
        service.stop()


def client(service: Service, secret: str = "secret") -> Any:
    return boto3.client(
        "s3",
        endpoint_url=service.url,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def members_of_group(group: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getpgid(int(entry.name)) == group:
                members.append(int(entry.name))
        except ProcessLookupError:
            continue
    return members


def test_writes_of_the_lock_are_conditional(start: Start) -> None:
    storage = client(start())
    storage.create_bucket(Bucket="artifacts")
    lock = ControlObject(storage, "s3a://artifacts/checkpoints/1.lock.json")
    with pytest.raises(ObjectChangedError):
        lock.write(b"there is none yet", replacing='"0123"')
    first = lock.write(b"1", replacing=None)
    with pytest.raises(ObjectChangedError):
        lock.write(b"somebody else's", replacing=None)
    second = lock.write(b"2", replacing=first)
    with pytest.raises(ObjectChangedError):
        lock.write(b"too late", replacing=first)
    found = lock.read()
    assert found is not None
    assert (found.body, found.etag) == (b"2", second)


def test_requests_with_another_key_are_refused(start: Start) -> None:
    with pytest.raises(ClientError) as error:
        client(start(), secret="another").create_bucket(Bucket="lake")
    assert code(error) == "SignatureDoesNotMatch"


def test_versions_are_kept_where_a_bucket_has_them_enabled(start: Start) -> None:
    storage = client(start())
    for bucket, versions in (("plain", 1), ("versioned", 2)):
        storage.create_bucket(Bucket=bucket)
        if bucket == "versioned":
            storage.put_bucket_versioning(
                Bucket=bucket, VersioningConfiguration={"Status": "Enabled"}
            )
        for body in (b"1", b"22"):
            storage.put_object(Bucket=bucket, Key="folder/name", Body=body)
        found = storage.list_object_versions(Bucket=bucket)["Versions"]
        assert [version["Size"] for version in found] == [2, 1][:versions]


def test_a_bucket_is_deleted_only_when_it_is_empty(start: Start) -> None:
    storage = client(start())
    storage.create_bucket(Bucket="lake")
    storage.put_object(Bucket="lake", Key="a/deep/folder/name", Body=b"1")
    with pytest.raises(ClientError) as error:
        storage.delete_bucket(Bucket="lake")
    assert code(error) == "BucketNotEmpty"
    storage.delete_object(Bucket="lake", Key="a/deep/folder/name")
    storage.delete_bucket(Bucket="lake")
    assert storage.list_buckets()["Buckets"] == []


def test_objects_survive_a_killed_server(start: Start) -> None:
    first = start()
    client(first).create_bucket(Bucket="lake")
    client(first).put_object(Bucket="lake", Key="name", Body=b"kept")
    os.kill(first.pid, signal.SIGKILL)
    body = client(start()).get_object(Bucket="lake", Key="name")["Body"].read()
    assert body == b"kept"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize("ending", ["SIGTERM", "SIGKILL", "parent's pipe"])
def test_no_process_is_left(tmp_path: Path, ending: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "local.object_storage", "--exit-with-parent"]
        + ["--directory", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline().startswith("Listening on http://127.0.0.1:")
    assert len(members_of_group(process.pid)) == 2
    if ending == "parent's pipe":
        process.stdin.close()
    else:
        process.send_signal(signal.Signals[ending])
    assert process.wait(30) == (-signal.SIGKILL if ending == "SIGKILL" else 0)
    deadline = time.monotonic() + 30
    while members_of_group(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert members_of_group(process.pid) == []
    process.stdin.close()
    process.stdout.close()


def test_a_missing_server_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(object_storage, "_PROGRAM", tmp_path / "versitygw")
    assert object_storage.main(["--directory", str(tmp_path)]) == 1
    assert "Run `make setup`." in capsys.readouterr().err


def test_a_taken_port_ends_the_process_instead_of_serving(start: Start, tmp_path: Path) -> None:
    port = int(start().url.rpartition(":")[2])
    log, arguments = tmp_path / "second.log", ("--directory", str(tmp_path / "second"))
    with pytest.raises(RuntimeError, match="local.object_storage did not start; its log is"):
        Service("local.object_storage", log, port, arguments)
    assert f"S3 cannot listen on port {port}:" in log.read_text()
