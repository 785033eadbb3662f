"""The services in a thread of the test's own process, and moto for S3."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import os
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from local.services.permissions.roles import Roles
from local.services.server import Server
from local.services.settings import Settings

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
FAKE_SERVER = Path(__file__).with_name("fake_model_server.py")
ABSENT = Path(__file__).with_name("absent")


@dataclasses.dataclass
class Running:
    """The services of one test, with clients that know nothing but their address."""

    url: str
    directory: Path
    emr: Any
    sagemaker: Any
    runtime: Any
    s3: Any

    def until(self, condition: Callable[[], Any], seconds: float = 60) -> Any:
        """Waits for a condition and returns its value; fails the test after so many seconds."""
        deadline = time.monotonic() + seconds
        pause = 0.05
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(pause)
            # Asking costs this process as much as the work that it waits for.
            pause = min(pause * 1.2, 1.0)
        raise AssertionError(f"not within {seconds} s: {condition()!r}")

    def put_model(self, name: str, behaviour: dict[str, Any]) -> str:
        """Uploads a model.tar.gz for the fake model server and returns its address."""
        content = json.dumps(behaviour).encode()
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            entry = tarfile.TarInfo("1/behaviour.json")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        key = f"models/{name}/model.tar.gz"
        self.s3.put_object(Bucket="artifacts", Key=key, Body=packed.getvalue())
        return f"s3://artifacts/{key}"


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The emulator's address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(emulator: str) -> Callable[..., Any]:
    """Makes boto3 clients."""

    def make(service: str, url: str = emulator) -> Any:
        return boto3.client(
            service,
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(retries={"total_max_attempts": 1}),
        )

    return make


@pytest.fixture
def roles() -> Roles:
    """No roles: everything is allowed."""
    return Roles(None)


@pytest.fixture
def services(
    tmp_path: Path, emulator: str, client: Callable[..., Any], roles: Roles
) -> Iterator[Running]:
    """The services on a free port, stopped after the test with everything they started."""
    environment = {
        **os.environ,
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": emulator,
        "PYTHONPATH": os.pathsep.join([str(ABSENT), os.environ.get("PYTHONPATH", "")]),
    }
    settings = Settings(
        run_directory=tmp_path,
        environment=environment,
        model_server_command=(sys.executable, str(FAKE_SERVER)),
        ping_timeout_seconds=5,
        roles=roles,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(Server.start(settings, 0), loop).result(30)
        s3 = client("s3")
        s3.create_bucket(Bucket="artifacts")
        yield Running(
            server.url,
            tmp_path,
            client("emr", server.url),
            client("sagemaker", server.url),
            client("sagemaker-runtime", server.url),
            s3,
        )
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
